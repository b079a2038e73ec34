import { useTranslation } from 'react-i18next'
import { usePlatform } from '../../documents/use-platform.tsx'
import { usePlein } from '../../documents/use-plein.tsx'
import { useSession } from '../../documents/use-session.ts'
import { AccountForm, Field, PasswordField } from './AccountFields.tsx'
import { useAccountForm } from './use-account-form.ts'

/** Signing in again, or on another laptop; the address is filled in where it is known. */
export function SignInForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const plein = usePlein()
  const { pageServerUrl } = usePlatform().capabilities
  const session = useSession()
  const known = session.stage === 'open' ? session.organisation.serverUrl : null
  const email = session.stage === 'open' ? session.me.email : ''
  const form = useAccountForm({
    first: { server: known ?? pageServerUrl ?? '', email, password: '' },
    isNew: false,
    send: ({ server = '', email: address = '', password = '' }) =>
      plein.signIn({ serverUrl: originOf(server), email: address.trim(), password }),
    onDone,
  })
  return (
    <AccountForm form={form} action={t('account.signInAction')}>
      <Field form={form} name="server" isFirst={form.fields.server === ''} />
      <Field form={form} name="email" isFirst={form.fields.server !== '' && email === ''} />
      <PasswordField form={form} isNew={false} />
    </AccountForm>
  )
}

/** An address as people type it: without https, with a path. */
function originOf(text: string): string {
  const trimmed = text.trim()
  const url = URL.parse(trimmed.includes('://') ? trimmed : `https://${trimmed}`)
  return url?.origin ?? trimmed
}
