export const languages = ['nl', 'en'] as const
export type Language = (typeof languages)[number]

/** Each language by its own name, as its speakers look for it. */
export const languageNames: Readonly<Record<Language, string>> = { nl: 'Nederlands', en: 'English' }

export function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value)
}

/** The choice made earlier, else the first language of the system that exists here, else English. */
export function chooseLanguage(stored: string | null, systemLanguages: readonly string[]): Language {
  if (isLanguage(stored)) return stored
  for (const tag of systemLanguages) {
    const language = tag.slice(0, 2).toLowerCase()
    if (isLanguage(language)) return language
  }
  return 'en'
}
