import type { Account } from '../../documents/plein.ts'
import type { Fields } from './use-account-form.ts'

/** The account in a form, without the spaces that come along when pasting; a password is taken as it is. */
export function accountOf(fields: Fields): Account {
  return { name: fields.name?.trim() ?? '', email: fields.email?.trim() ?? '', password: fields.password ?? '' }
}
