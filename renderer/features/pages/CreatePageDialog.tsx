import { Button, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageId, SpaceId } from '../../../model/ids.ts'
import type { PageKind } from '../../../model/kinds.ts'
import { usePageRow } from '../../documents/use-page-rows.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useSpace } from '../../documents/use-spaces.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogButtons } from '../../ui/DialogButtons.tsx'

interface CreatePageDialogProps {
  readonly spaceId: SpaceId
  readonly parent: PageId | null
  readonly kind: PageKind
  readonly onClose: () => void
}

/** Asks for a title and opens the new page. */
export function CreatePageDialog({ spaceId, parent, kind, onClose }: CreatePageDialogProps) {
  const { t } = useTranslation()
  const plein = usePlein()
  const navigate = useNavigate()
  const [title, setTitle] = useState('')
  const parentRow = usePageRow(parent ?? undefined)
  const space = useSpace(spaceId)
  const place = parentRow?.title ?? space?.space.name ?? ''
  const create = (event: FormEvent) => {
    event.preventDefault()
    onClose()
    void plein
      .createPage({ spaceId, parent, kind, title: title.trim() })
      .then((pageId) => navigate({ to: '/page/$pageId', params: { pageId }, state: { startWriting: true } }))
  }
  return (
    <Dialog onClose={onClose} title={kind === 'document' ? t('page.createDocumentTitle') : t('page.createTitle')}>
      <form onSubmit={create}>
        <TextInput
          data-autofocus
          label={t('page.createField')}
          description={t('page.createIn', { place })}
          placeholder={t('page.createPlaceholder')}
          maxLength={200}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <DialogButtons onCancel={onClose}>
          <Button type="submit" variant="filled">
            {t('page.createAction')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
