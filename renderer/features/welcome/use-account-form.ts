import { type FormEvent, useState } from 'react'
import type { Result } from '../../../model/result.ts'
import type { AccountError } from '../../documents/plein.ts'

export type FieldName = 'organisation' | 'name' | 'email' | 'password' | 'server' | 'setupCode'
export type Fields = Readonly<Partial<Record<FieldName, string>>>
export type FieldErrors = Readonly<Partial<Record<FieldName, FieldError>>>
export type FieldError =
  | 'needName'
  | 'needOrganisation'
  | 'needEmail'
  | 'needPassword'
  | 'needAnyPassword'
  | 'needServer'

/** The shortest password that the server accepts. */
const shortestPassword = 10

/** What is missing or wrong in the fields of a form; `isNew` where a password is chosen and not merely repeated. */
export function checkFields(fields: Fields, isNew: boolean): FieldErrors {
  const errors: Partial<Record<FieldName, FieldError>> = {}
  if (fields.organisation?.trim() === '') errors.organisation = 'needOrganisation'
  if (fields.name?.trim() === '') errors.name = 'needName'
  if (fields.email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(fields.email.trim())) errors.email = 'needEmail'
  if (fields.server?.trim() === '') errors.server = 'needServer'
  if (fields.password === undefined) return errors
  if (isNew && fields.password.length < shortestPassword) errors.password = 'needPassword'
  if (!isNew && fields.password === '') errors.password = 'needAnyPassword'
  return errors
}

interface AccountFormOptions {
  readonly first: Fields
  readonly isNew: boolean
  readonly send: (fields: Fields) => Promise<Result<unknown, AccountError>>
  readonly onDone: () => void
}

/** A form about an account: checks its fields, sends once, keeps what was typed when that fails. */
export function useAccountForm({ first, isNew, send, onDone }: AccountFormOptions) {
  const [fields, setFields] = useState<Fields>(first)
  const [errors, setErrors] = useState<FieldErrors>({})
  const [failure, setFailure] = useState<AccountError | null>(null)
  const [isBusy, setBusy] = useState(false)
  const set = (name: FieldName, value: string) => {
    setFields({ ...fields, [name]: value })
    setErrors({ ...errors, [name]: undefined })
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const wrong = checkFields(fields, isNew)
    setErrors(wrong)
    setFailure(null)
    if (Object.keys(wrong).length > 0 || isBusy) return
    setBusy(true)
    const sent = await send(fields)
    setBusy(false)
    if (sent.ok) onDone()
    else setFailure(sent.error)
  }
  return { fields, errors, failure, isBusy, set, submit }
}
