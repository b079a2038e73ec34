import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PageId } from '../../../model/ids.ts'
import { usePageRow } from '../../documents/use-page-rows.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogButtons } from '../../ui/DialogButtons.tsx'
import { pageIconNames, pageIcons } from '../../ui/page-icons.ts'
import classes from './PageIconDialog.module.css'

/** Chooses the icon of a page; a click is enough. */
export function PageIconDialog({ pageId, onClose }: { pageId: PageId; onClose: () => void }) {
  const { t } = useTranslation()
  const plein = usePlein()
  const current = usePageRow(pageId)?.icon ?? null
  const choose = (icon: string | null) => {
    plein.setPageIcon(pageId, icon)
    onClose()
  }
  return (
    <Dialog onClose={onClose} title={t('page.iconTitle')}>
      <div className={classes['icons']} role="group" aria-label={t('page.iconTitle')}>
        {pageIconNames.map((name) => {
          const Icon = pageIcons[name]
          return (
            <button
              key={name}
              type="button"
              className={classes['icon']}
              aria-label={t(`page.icons.${name}`)}
              aria-pressed={name === current}
              title={t(`page.icons.${name}`)}
              onClick={() => choose(name)}
            >
              <Icon size={24} stroke={1.75} aria-hidden="true" />
            </button>
          )
        })}
      </div>
      <DialogButtons onCancel={onClose}>
        <Button disabled={current === null} onClick={() => choose(null)}>
          {t('page.iconNone')}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
