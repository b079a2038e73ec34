import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Result } from '../../../model/result.ts'
import type { OpenPageError } from '../../documents/plein.ts'
import { usePeople } from '../../documents/use-people.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { usePeopleWords } from '../../ui/use-people-words.ts'

export type PageFailure = Extract<Result<never, OpenPageError>, { ok: false }>['error']

const texts = {
  'unknown-page': ['page.unknownTitle', 'page.unknownText'],
  forbidden: ['page.forbiddenTitle', 'page.forbiddenText'],
  'not-on-this-laptop': ['page.notHeldTitle', 'page.notHeldText'],
  damaged: ['page.damagedTitle', 'page.damagedText'],
} as const satisfies Record<OpenPageError, readonly [string, string]>

/** Why a page cannot be shown, and what one can do. Reveals no title. */
export function PageTrouble({ error }: { error: PageFailure }) {
  const { t } = useTranslation()
  const plein = usePlein()
  const [title, text] = texts[error]
  if (error === 'forbidden') return <ForbiddenPage />
  const action =
    error === 'not-on-this-laptop' || error === 'damaged' ? (
      <Button variant="filled" onClick={() => plein.retryNow()}>
        {t('common.tryAgain')}
      </Button>
    ) : (
      <Button variant="filled" renderRoot={(props) => <Link to="/" {...props} />}>
        {t('common.toStart')}
      </Button>
    )
  return (
    <Screen title={t(title)}>
      <EmptyState text={t(text)} action={action} />
    </Screen>
  )
}

/** Of which space it is cannot be told; who runs the organisation knows whom to ask. */
function ForbiddenPage() {
  const { t } = useTranslation()
  const people = usePeople().filter(({ role, isMe }) => !isMe && role !== 'member' && role !== 'guest')
  const words = usePeopleWords(people)
  return (
    <Screen title={t('page.forbiddenTitle')}>
      <EmptyState
        text={words === '' ? t('page.forbiddenText') : t('rights.whoGrants', { people: words })}
        action={
          <Button variant="filled" renderRoot={(props) => <Link to="/spaces" {...props} />}>
            {t('rights.browse')}
          </Button>
        }
      />
    </Screen>
  )
}
