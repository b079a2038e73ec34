import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { isLanguage, type Language } from './languages.ts'
import { dayOf, longDay, momentOf, timeOfDay } from './times.ts'

/** The language in use. */
export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return isLanguage(i18n.language) ? i18n.language : 'en'
}

/** Times as words in the language in use. */
export function useTimes() {
  const language = useLanguage()
  return useMemo(
    () => ({
      time: (ms: number, withSeconds = false) => timeOfDay(ms, language, withSeconds),
      day: (ms: number, nowMs: number) => dayOf(ms, nowMs, language),
      moment: (ms: number, nowMs: number) => momentOf(ms, nowMs, language),
      longDay: (ms: number) => longDay(ms, language),
    }),
    [language],
  )
}
