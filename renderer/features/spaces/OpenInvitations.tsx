import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SpaceId } from '../../../model/ids.ts'
import { useOpenInvitations } from '../../documents/use-open-invitations.ts'
import { useTimes } from '../../i18n/use-times.ts'
import { Rows } from '../../ui/Rows.tsx'
import { Section } from '../../ui/Section.tsx'
import { useNow } from '../../ui/use-now.ts'
import classes from './MembersScreen.module.css'

/** Invitations to a space that nobody has used yet; they are on the server alone. */
export function OpenInvitations({ spaceId }: { spaceId: SpaceId }) {
  const { t } = useTranslation()
  const times = useTimes()
  const nowMs = useNow(60_000)
  const { invitations, revoke } = useOpenInvitations(spaceId)
  return (
    <Section title={t('members.invitations')}>
      {invitations === undefined || invitations === null || invitations.length === 0 ? (
        <p className={classes['small']}>
          {invitations === null
            ? t('members.invitationsOffline')
            : invitations === undefined
              ? t('common.loading')
              : t('members.noInvitations')}
        </p>
      ) : (
        <Rows>
          {invitations.map(({ id, email, space, expiresAtMs }) => (
            <li key={id} className={classes['member']}>
              <span className={classes['words']}>
                <b>{email === null ? t('members.invitationLink') : t('members.invitationFor', { email })}</b>
                <br />
                <span className={classes['small']}>
                  {t('members.invitationAs', {
                    role: t(`roles.name.${space?.role ?? 'reader'}`),
                    day: times.day(expiresAtMs, nowMs),
                  })}
                </span>
              </span>
              <Button size="sm" onClick={() => void revoke(id)}>
                {t('members.revoke')}
              </Button>
            </li>
          ))}
        </Rows>
      )}
    </Section>
  )
}
