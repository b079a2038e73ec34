import { useTranslation } from 'react-i18next'
import type { SpaceId } from '../../../model/ids.ts'
import { useWaitingRequest } from '../../documents/use-request-of.ts'
import { Notice } from '../../ui/Notice.tsx'
import { requestWords } from '../../ui/request-words.ts'
import classes from './MemberStrip.module.css'

/** What this person changed of the space, or that they leave it, while the server does not know yet. */
export function WaitingChange({ spaceId }: { spaceId: SpaceId }) {
  const { t } = useTranslation()
  const request = useWaitingRequest(['change-space', 'leave-space'], spaceId)
  if (request === undefined) return null
  return (
    <div className={classes['notice']} role="status">
      <Notice tone="wait">
        {requestWords(t, request)} · {t(`requests.state.${request.state}`)}
      </Notice>
    </div>
  )
}
