import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SpaceRole } from '../../model/permission.ts'
import { Notice } from './Notice.tsx'
import { usePeopleWords } from './use-people-words.ts'

interface AskForRoleProps {
  readonly role: SpaceRole
  readonly owners: readonly { readonly name: string }[]
  readonly asked: 'waiting' | 'asked' | 'refused' | null
  readonly onAsk: () => void
}

/** Says what one may do here, who can give more, and asks them; then how the question stands. */
export function AskForRole({ role, owners, asked, onAsk }: AskForRoleProps) {
  const { t } = useTranslation()
  const people = usePeopleWords(owners)
  const words = {
    waiting: t('rights.waiting'),
    asked: people === '' ? t('rights.askedNobody') : t('rights.asked', { owners: people }),
    refused: t('rights.refused'),
    none: people === '' ? t('rights.askNobody') : t('rights.askWhom', { owners: people }),
  }
  const mayAsk = asked === null || asked === 'refused'
  const action = mayAsk && (
    <Button size="sm" onClick={onAsk}>
      {t(asked === null ? 'rights.ask' : 'rights.askAgain')}
    </Button>
  )
  return (
    <Notice tone={asked === 'waiting' ? 'wait' : 'calm'} action={action}>
      {t(`rights.may.${role}`)} {words[asked ?? 'none']}
    </Notice>
  )
}
