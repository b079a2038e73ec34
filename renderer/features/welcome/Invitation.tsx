import { Button, TextInput } from '@mantine/core'
import { IconDoorEnter } from '@tabler/icons-react'
import { type FormEvent, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { InvitationPreview } from '../../documents/plein.ts'
import { Face } from '../../ui/Face.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { Logo } from '../../ui/Logo.tsx'
import { Notice } from '../../ui/Notice.tsx'
import classes from './Invitation.module.css'
import { type FoundInvitation, useInvitation } from './use-invitation.ts'

interface InvitationProps {
  readonly invitation: string
  readonly onFound: (link: string, preview: InvitationPreview) => void
}

/** The first choice: paste an invitation, see whose it is, go on. */
export function Invitation({ invitation, onFound }: InvitationProps) {
  const { t } = useTranslation()
  const titleId = useId()
  const { link, setLink, found, lookUp } = useInvitation(invitation)
  const next = (event: FormEvent) => {
    event.preventDefault()
    if (found.state === 'found') onFound(found.link, found.preview)
    else lookUp()
  }
  return (
    <form className={classes['card']} aria-labelledby={titleId} onSubmit={next} noValidate>
      <IconDoorEnter className={classes['icon']} size={24} stroke={1.75} aria-hidden="true" />
      <div className={classes['words']}>
        <h2 id={titleId} className={classes['title']}>
          {t('welcome.join')}
        </h2>
        <p className={classes['text']}>{t('welcome.joinText')}</p>
        <div className={classes['row']}>
          <TextInput
            className={classes['field'] ?? ''}
            aria-label={t('welcome.joinField')}
            placeholder={t('welcome.joinPlaceholder')}
            type="url"
            autoComplete="off"
            spellCheck={false}
            value={link}
            onChange={(event) => setLink(event.currentTarget.value)}
          />
          <Button
            type="submit"
            variant="filled"
            loading={found.state === 'looking'}
            rightSection={<Kbd onAccent>↵</Kbd>}
          >
            {t('welcome.joinAction')}
          </Button>
        </div>
        <Found found={found} />
      </div>
    </form>
  )
}

function Found({ found }: { found: FoundInvitation }) {
  const { t } = useTranslation()
  if (found.state === 'none') return null
  if (found.state === 'looking') {
    return (
      <p className={classes['text']} role="status">
        {t('welcome.looking')}
      </p>
    )
  }
  if (found.state === 'failed') {
    return (
      <div className={classes['notice']}>
        <Notice tone="stop">
          {found.error === 'not-a-link' ? t('invitation.notALink') : t(`accountError.${found.error}`)}
        </Notice>
      </div>
    )
  }
  const { organisation, invitedBy, members } = found.preview
  return (
    <div className={classes['found']} role="status">
      <Logo size={32} />
      <span className={classes['words']}>
        <b className={classes['name']}>{organisation}</b>
        <span className={classes['by']}>{t('welcome.invitedBy', { name: invitedBy, count: members })}</span>
      </span>
      <Face personId={invitedBy} name={invitedBy} size={32} />
    </div>
  )
}
