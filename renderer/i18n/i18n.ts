import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { readStored, writeStored } from '../ui/use-stored.ts'
import { en } from './en.ts'
import { chooseLanguage, type Language } from './languages.ts'
import { nl } from './nl.ts'
import type { Texts } from './texts.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    returnNull: false
    resources: { translation: Texts }
  }
}

const storageKey = 'plein.language'

/** Loads the texts, all of them: there is no network to fetch them from later. Awaited before the first drawing. */
export async function startTexts(): Promise<void> {
  const language = chooseLanguage(readStored(storageKey), navigator.languages)
  i18next.on('languageChanged', (next) => {
    document.documentElement.lang = next
  })
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { nl: { translation: nl }, en: { translation: en } },
    interpolation: { escapeValue: false }, // React escapes what it draws.
    returnNull: false,
  })
  document.documentElement.lang = language
}

/** Changes the language of the interface at once, and for the next start. */
export async function changeLanguage(language: Language): Promise<void> {
  writeStored(storageKey, language)
  await i18next.changeLanguage(language)
}
