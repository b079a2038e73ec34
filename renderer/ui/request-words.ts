import type { TFunction } from 'i18next'
import type { RequestView } from '../documents/requests.ts'

/** What was asked, in words. */
export function requestWords(t: TFunction, { ask, about }: RequestView): string {
  if (ask.type !== 'ask-role') return t(`requests.what.${ask.type}`, { about })
  return t('requests.what.ask-role', { about, role: t(`roles.name.${ask.role}`).toLocaleLowerCase() })
}
