import { useTranslation } from 'react-i18next'
import type { InvitationPreview } from '../../documents/plein.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { AccountForm, Field, PasswordField } from './AccountFields.tsx'
import { accountOf } from './account-of.ts'
import { useAccountForm } from './use-account-form.ts'

interface JoinFormProps {
  readonly link: string
  readonly preview: InvitationPreview
  readonly onDone: () => void
}

/** Who one will be in the organisation that invited. */
export function JoinForm({ link, onDone }: JoinFormProps) {
  const { t } = useTranslation()
  const plein = usePlein()
  const form = useAccountForm({
    first: { name: '', email: '', password: '' },
    isNew: true,
    send: (fields) => plein.join(link, accountOf(fields)),
    onDone,
  })
  return (
    <AccountForm form={form} action={t('account.joinAction')}>
      <Field form={form} name="name" isFirst />
      <Field form={form} name="email" />
      <PasswordField form={form} isNew />
    </AccountForm>
  )
}
