import { useTranslation } from 'react-i18next'
import { ok } from '../../../model/result.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { AccountForm, Field } from './AccountFields.tsx'
import { useAccountForm } from './use-account-form.ts'

/** A space of one's own: only a name is asked. */
export function PersonalForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const plein = usePlein()
  const form = useAccountForm({
    first: { name: '' },
    isNew: true,
    send: async (fields) => ok(await plein.startPersonal(fields.name?.trim() ?? '')),
    onDone,
  })
  return (
    <AccountForm form={form} action={t('account.personalAction')}>
      <Field form={form} name="name" isFirst />
    </AccountForm>
  )
}
