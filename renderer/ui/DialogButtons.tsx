import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './DialogButtons.module.css'

/** The foot of a dialog: cancel, then what it is for. */
export function DialogButtons({ onCancel, children }: { onCancel: () => void; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className={classes['buttons']}>
      <Button variant="subtle" onClick={onCancel}>
        {t('common.cancel')}
      </Button>
      {children}
    </div>
  )
}
