import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageId } from '../../../model/ids.ts'
import type { RemarkView, ThreadView } from '../../documents/comments.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useTimes } from '../../i18n/use-times.ts'
import { Face } from '../../ui/Face.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Composer } from './Composer.tsx'
import { writtenOf } from './compose-text.ts'
import { Reactions } from './Reactions.tsx'
import classes from './RemarkItem.module.css'
import { RemarkMenu } from './RemarkMenu.tsx'
import { RemarkText, useNameOf } from './RemarkText.tsx'

interface RemarkItemProps {
  readonly pageId: PageId
  readonly thread: ThreadView
  readonly remark: RemarkView
  readonly mayComment: boolean
}

/** What one person said: face, name, time and words; reactions below. */
export function RemarkItem({ pageId, thread, remark, mayComment }: RemarkItemProps) {
  const { t } = useTranslation()
  const [isEditing, setEditing] = useState(false)
  const { comments } = usePlein()
  const name = useNameOf(remark.author)
  return (
    <li className={classes['remark']}>
      <Face personId={remark.author} name={name} size={28} />
      <div className={classes['words']}>
        <Heading name={name} remark={remark} />
        {isEditing ? (
          <Composer
            label={t('comments.editLabel')}
            keepAs={`edit ${remark.ref}`}
            placeholder=""
            sendLabel={t('comments.save')}
            initial={writtenOf(remark.text)}
            autoFocus
            isOpen
            onSend={async (text) => {
              const said = await comments.edit(pageId, remark.ref, text)
              setEditing(false)
              return said
            }}
            onLeave={() => setEditing(false)}
            onCancel={() => setEditing(false)}
          />
        ) : (
          <RemarkText text={remark.text} />
        )}
        <Reactions pageId={pageId} remark={remark} mayComment={mayComment} />
        {remark.receipt === 'waiting' && <p className={classes['waiting']}>{t('comments.waiting')}</p>}
      </div>
      {mayComment && !isEditing && (
        <RemarkMenu {...{ pageId, thread, remark }} name={name} onEdit={() => setEditing(true)} />
      )}
    </li>
  )
}

function Heading({ name, remark }: { name: string; remark: RemarkView }) {
  const { t } = useTranslation()
  const times = useTimes()
  const nowMs = useNow(60_000)
  const mark = remark.mark === null ? null : t(`comments.mark.${remark.mark}`)
  return (
    <div className={classes['head']}>
      <b className={classes['name']}>{name}</b>
      <span className={classes['time']}>
        {times.day(remark.atMs, nowMs)}
        {remark.editedAtMs !== null && ` · ${t('comments.edited')}`}
        {mark !== null && ` · ${mark}`}
      </span>
    </div>
  )
}
