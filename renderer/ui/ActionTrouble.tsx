import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PassingNotice } from './PassingNotice.tsx'

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
  return (
    <PassingNotice tone="stop" onClose={() => setFailed(false)}>
      {t('trouble.actionText')}
    </PassingNotice>
  )
}
