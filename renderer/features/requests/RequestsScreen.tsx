import { useTranslation } from 'react-i18next'
import type { OpenAsk, RequestView } from '../../documents/requests.ts'
import { useAskDecision } from '../../documents/use-ask-decision.ts'
import { useOpenAsks, useRequests } from '../../documents/use-requests.ts'
import { useSpaces } from '../../documents/use-spaces.ts'
import { AskRow } from '../../ui/AskRow.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Rows } from '../../ui/Rows.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { Section } from '../../ui/Section.tsx'
import { RequestRow } from './RequestRow.tsx'

/** What waits for the server or for an owner, what others ask of this person, and how it was answered. */
export function RequestsScreen() {
  const { t } = useTranslation()
  const requests = useRequests().filter((request) => !isAnswerGiven(request))
  const asks = useOpenAsks()
  return (
    <Screen title={t('requests.title')} lead={t('requests.lead')}>
      {asks.length > 0 && <ForYou asks={asks} />}
      {requests.length > 0 && (
        <Section title={t('requests.yours')}>
          <Rows>
            {requests.map((request) => (
              <RequestRow key={request.id} request={request} />
            ))}
          </Rows>
        </Section>
      )}
      {asks.length === 0 && requests.length === 0 && <EmptyState text={t('requests.empty')} />}
    </Screen>
  )
}

/** One's own yes or no to somebody else needs no line of its own once it has arrived. */
function isAnswerGiven({ ask, state }: RequestView): boolean {
  return ask.type === 'decide-ask' && state === 'accepted'
}

function ForYou({ asks }: { asks: readonly OpenAsk[] }) {
  const { t } = useTranslation()
  const decision = useAskDecision()
  const spaces = useSpaces()
  return (
    <Section title={t('requests.forYou')}>
      <Rows>
        {asks.map(({ id, personId, spaceId, type, role }) => {
          const space = spaces.find((each) => each.id === spaceId)?.name ?? ''
          const wanted = t(`roles.name.${role}`).toLocaleLowerCase()
          return (
            <AskRow
              key={id}
              personId={personId}
              name={decision.nameOf(personId)}
              words={
                type === 'join-space'
                  ? t('requests.wants', { space })
                  : t('requests.wantsRole', { space, role: wanted })
              }
              isWaiting={decision.isWaiting(id)}
              onDecide={(isGranted) => decision.decide(id, isGranted)}
            />
          )
        })}
      </Rows>
    </Section>
  )
}
