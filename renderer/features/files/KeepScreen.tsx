import { useTranslation } from 'react-i18next'
import { Screen } from '../../ui/Screen.tsx'
import { KeepChoices } from './KeepChoices.tsx'

/** What of each space stays on this laptop. */
export function KeepScreen() {
  const { t } = useTranslation()
  return (
    <Screen title={t('files.keep.title')} lead={t('files.keep.lead')}>
      <KeepChoices />
    </Screen>
  )
}
