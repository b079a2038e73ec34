import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePlein } from '../../documents/use-plein.tsx'
import { AccountForm, Field, PasswordField } from './AccountFields.tsx'
import { accountOf } from './account-of.ts'
import { type Fields, useAccountForm } from './use-account-form.ts'

/** A new organisation on this computer. The set-up code is asked for only by a server that wants one. */
export function CreateForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const plein = usePlein()
  const [needsCode, setNeedsCode] = useState(false)
  const send = async (fields: Fields) => {
    const setupCode = fields.setupCode?.trim() ?? ''
    const created = await plein.createOrganisation({
      name: fields.organisation?.trim() ?? '',
      account: accountOf(fields),
      ...(setupCode === '' ? {} : { setupCode }),
    })
    if (!created.ok && created.error === 'setup-code-needed') setNeedsCode(true)
    return created
  }
  const first = { organisation: '', name: '', email: '', password: '' }
  const form = useAccountForm({ first, isNew: true, send, onDone })
  return (
    <AccountForm form={form} action={t('account.createAction')}>
      <Field form={form} name="organisation" isFirst />
      <Field form={form} name="name" />
      <Field form={form} name="email" />
      <PasswordField form={form} isNew />
      {needsCode && <Field form={form} name="setupCode" />}
    </AccountForm>
  )
}
