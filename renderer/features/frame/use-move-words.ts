import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { pathTo } from '../../documents/page-tree.ts'
import type { TreePage } from '../../documents/plein.ts'
import type { TreePlace } from '../../documents/trees.ts'

/** Where pages went, in words for a screen reader. */
export function useMoveWords() {
  const { t } = useTranslation()
  return useCallback(
    (pages: readonly TreePage[], tree: readonly TreePage[], { parent, before }: TreePlace): string => {
      const titled = (page: TreePage | undefined) => (page?.title === '' ? t('common.untitled') : (page?.title ?? ''))
      const find = (id: TreePlace['parent']) => (id === null ? undefined : pathTo(tree, id).at(-1))
      const what = pages.length === 1 ? titled(pages[0]) : t('treeMoves.pages', { count: pages.length })
      const [next, above] = [find(before), find(parent)]
      if (next !== undefined) return t('treeMoves.before', { what, other: titled(next) })
      return above === undefined ? t('treeMoves.atEnd', { what }) : t('treeMoves.under', { what, other: titled(above) })
    },
    [t],
  )
}
