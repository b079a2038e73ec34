import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refusalReasons } from '../../../model/protocol/reasons.ts'
import type { SetAside } from '../../documents/plein.ts'
import { useDocumentTitle } from '../../documents/use-document-title.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import classes from './SetAsideScreen.module.css'

type Text =
  | { readonly state: 'hidden' }
  | { readonly state: 'shown'; readonly text: string }
  | { readonly state: 'unreadable' }

/** One refused change: why, its text to copy, and throwing it away in two steps. */
export function SetAsideItem({ setAside }: { setAside: SetAside }) {
  const { t } = useTranslation()
  const plein = usePlein()
  const title = useDocumentTitle(setAside)
  const isComment = setAside.kind === 'acts' && setAside.reason === 'forbidden'
  const reason = isComment ? t('setAside.commentForbidden') : t(`setAside.reason.${reasonOf(setAside)}`)
  const [text, setText] = useState<Text>({ state: 'hidden' })
  const [isSure, setSure] = useState(false)
  const show = () => {
    plein.readSetAside(setAside.id).then(
      (read) => setText({ state: 'shown', text: read }),
      () => setText({ state: 'unreadable' }),
    )
  }
  return (
    <li className={classes['item']}>
      <h2 className={classes['title']}>{title}</h2>
      <p className={classes['reason']}>{reason}</p>
      <TextOf text={text} />
      <div className={classes['buttons']}>
        {text.state === 'hidden' ? (
          <Button size="sm" onClick={show}>
            {t('setAside.show')}
          </Button>
        ) : (
          <Button size="sm" onClick={() => setText({ state: 'hidden' })}>
            {t('setAside.hide')}
          </Button>
        )}
        {text.state === 'shown' && text.text !== '' && (
          <CopyButton text={text.text} label={t('setAside.copy')} size="sm" />
        )}
        {(setAside.kind === 'page' || setAside.kind === null) && (
          <Button
            size="sm"
            renderRoot={(props) => <Link to="/page/$pageId" params={{ pageId: setAside.documentId }} {...props} />}
          >
            {t('setAside.openPage')}
          </Button>
        )}
        <Button
          size="sm"
          variant={isSure ? 'danger' : 'subtle'}
          onBlur={() => setSure(false)}
          onClick={() => {
            if (isSure) void plein.dismissSetAside(setAside.id)
            setSure(true)
          }}
        >
          {t(isSure ? 'setAside.dismissSure' : 'setAside.dismiss')}
        </Button>
      </div>
    </li>
  )
}

function TextOf({ text }: { text: Text }) {
  const { t } = useTranslation()
  if (text.state === 'hidden') return null
  if (text.state === 'unreadable') return <p role="alert">{t('setAside.unreadable')}</p>
  if (text.text === '') return <p>{t('setAside.noText')}</p>
  return (
    <pre className={classes['text']} tabIndex={0} role="region" aria-label={t('setAside.show')}>
      {text.text}
    </pre>
  )
}

function reasonOf({ reason }: SetAside) {
  if (reason === 'damaged-record') return reason
  return refusalReasons.find((known) => known === reason) ?? 'unknown'
}
