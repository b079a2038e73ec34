import type { Language } from './languages.ts'

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** A size as people read it: "812 B", "2.4 MB"; in Dutch with a comma. */
export function sizeInWords(bytes: number, language: Language): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  const maximumFractionDigits = unit === 0 || value >= 100 ? 0 : 1
  const number = new Intl.NumberFormat(language === 'nl' ? 'nl-NL' : 'en-GB', { maximumFractionDigits }).format(value)
  return `${number}\u00a0${units[unit] ?? ''}`
}
