import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './ActionTrouble.module.css'
import { Notice } from './Notice.tsx'

/** The edge of the window: an action that failed where nobody expected it is told here, and its cause goes to the console. */
export function ActionTrouble() {
  const { t } = useTranslation()
  const [hasFailed, setFailed] = useState(false)
  useEffect(() => {
    const onFailure = () => {
      setFailed(true)
    }
    addEventListener('unhandledrejection', onFailure)
    return () => {
      removeEventListener('unhandledrejection', onFailure)
    }
  }, [])
  if (!hasFailed) return null
  const close = (
    <ActionIcon aria-label={t('common.close')} size={24} onClick={() => setFailed(false)}>
      <IconX size={16} stroke={1.75} />
    </ActionIcon>
  )
  return (
    <div className={classes['place']}>
      <Notice tone="stop" action={close}>
        {t('trouble.actionText')}
      </Notice>
    </div>
  )
}
