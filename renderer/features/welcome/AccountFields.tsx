import { Button, PasswordInput, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../ui/Notice.tsx'
import classes from './AccountFields.module.css'
import type { FieldName, useAccountForm } from './use-account-form.ts'

type Form = ReturnType<typeof useAccountForm>

interface AccountFormProps {
  readonly form: Form
  readonly action: string
  readonly children: ReactNode
}

/** A form with its failure, read out at once, and its one button. */
export function AccountForm({ form, action, children }: AccountFormProps) {
  const { t } = useTranslation()
  return (
    <form className={classes['form']} noValidate onSubmit={(event) => void form.submit(event)}>
      {children}
      {form.failure !== null && <Notice tone="stop">{t(`accountError.${form.failure}`)}</Notice>}
      <div>
        <Button type="submit" variant="filled" size="lg" loading={form.isBusy}>
          {action}
        </Button>
      </div>
    </form>
  )
}

const completions = {
  organisation: 'organization',
  name: 'name',
  email: 'username',
  server: 'url',
  setupCode: 'one-time-code',
} as const

const hints = { setupCode: 'account.setupCodeHint', server: 'account.serverHint' } as const

interface FieldProps {
  readonly form: Form
  readonly name: Exclude<FieldName, 'password'>
  readonly isFirst?: boolean
}

export function Field({ form, name, isFirst = false }: FieldProps) {
  const { t } = useTranslation()
  const error = form.errors[name]
  return (
    <TextInput
      label={t(`account.${name}`)}
      description={name === 'setupCode' || name === 'server' ? t(hints[name]) : null}
      type={name === 'email' ? 'email' : name === 'server' ? 'url' : 'text'}
      autoComplete={completions[name]}
      autoFocus={isFirst}
      maxLength={name === 'server' ? 500 : 120}
      value={form.fields[name] ?? ''}
      error={error === undefined ? null : t(`account.${error}`)}
      onChange={(event) => form.set(name, event.currentTarget.value)}
    />
  )
}

export function PasswordField({ form, isNew }: { form: Form; isNew: boolean }) {
  const { t } = useTranslation()
  const error = form.errors.password
  return (
    <PasswordInput
      label={t('account.password')}
      description={isNew ? t('account.passwordHint') : null}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      visibilityToggleButtonProps={{ 'aria-label': t('account.showPassword'), tabIndex: 0, 'aria-hidden': false }}
      maxLength={500}
      value={form.fields.password ?? ''}
      error={error === undefined ? null : t(`account.${error}`)}
      onChange={(event) => form.set('password', event.currentTarget.value)}
    />
  )
}
