import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { PageId } from '../../../model/ids.ts'
import { usePageRow } from '../../documents/use-page-rows.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogButtons } from '../../ui/DialogButtons.tsx'

/** Asks before a link from outside opens a page. */
export function DeepLinkDialog({ pageId, onClose }: { pageId: PageId; onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const row = usePageRow(pageId)
  const title = row?.title === '' ? t('common.untitled') : row?.title
  const open = () => {
    onClose()
    void navigate({ to: '/page/$pageId', params: { pageId } })
  }
  return (
    <Dialog onClose={onClose} title={t('page.linkTitle')}>
      <p>{title === undefined ? t('page.linkUnknown') : t('page.linkText', { title })}</p>
      <DialogButtons onCancel={onClose}>
        <Button variant="filled" data-autofocus onClick={open}>
          {t('page.linkOpen')}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
