import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageId } from '../../../model/ids.ts'
import { usePlein } from '../../documents/use-plein.tsx'

/** Makes a second page like this one, and opens it. */
export function useDuplicatePage({ id, title }: { readonly id: PageId; readonly title: string }): () => Promise<void> {
  const { t } = useTranslation()
  const plein = usePlein()
  const navigate = useNavigate()
  return useCallback(async () => {
    const copyTitle = title === '' ? '' : t('treeMoves.copyTitle', { title })
    const copied = await plein.trees.duplicatePage(id, { title: copyTitle, withSubtree: false })
    if (copied.ok) await navigate({ to: '/page/$pageId', params: { pageId: copied.value } })
  }, [t, plein, navigate, id, title])
}
