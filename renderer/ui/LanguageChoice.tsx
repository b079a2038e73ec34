import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { changeLanguage } from '../i18n/i18n.ts'
import { isLanguage, languageNames, languages } from '../i18n/languages.ts'
import { useLanguage } from '../i18n/use-times.ts'

/** Dutch or English, each under its own name. */
export function LanguageChoice() {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <SegmentedControl
      aria-label={t('settings.language')}
      value={language}
      onChange={(value) => {
        if (isLanguage(value)) void changeLanguage(value)
      }}
      data={languages.map((value) => ({ value, label: languageNames[value] }))}
    />
  )
}
