import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './DialogButtons.module.css'

interface DialogButtonsProps {
  readonly onCancel: () => void
  /** What the dialog is for was done: there is nothing to cancel any more. */
  readonly isDone?: boolean
  readonly children: ReactNode
}

/** The foot of a dialog: cancel, then what it is for. */
export function DialogButtons({ onCancel, isDone = false, children }: DialogButtonsProps) {
  const { t } = useTranslation()
  return (
    <div className={classes['buttons']}>
      <Button variant="subtle" onClick={onCancel}>
        {t(isDone ? 'common.close' : 'common.cancel')}
      </Button>
      {children}
    </div>
  )
}
