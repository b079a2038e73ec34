import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from './Notice.tsx'
import classes from './PassingNotice.module.css'

interface PassingNoticeProps {
  readonly tone: 'stop' | 'calm'
  readonly children: ReactNode
  readonly action?: ReactNode
  readonly onClose: () => void
}

/** A notice in the corner of the window about what one just did; it stays until it is closed. */
export function PassingNotice({ tone, children, action, onClose }: PassingNoticeProps) {
  const { t } = useTranslation()
  const close = (
    <>
      {action}
      <ActionIcon aria-label={t('common.close')} size={24} onClick={onClose}>
        <IconX size={16} stroke={1.75} />
      </ActionIcon>
    </>
  )
  return (
    <div className={classes['place']} role="status">
      <Notice tone={tone} action={close}>
        {children}
      </Notice>
    </div>
  )
}
