import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './AskRow.module.css'
import { Face } from './Face.tsx'

interface AskRowProps {
  readonly personId: string
  readonly name: string
  /** What they ask, after their name. */
  readonly words: string
  /** Decided, and not yet known to the server. */
  readonly isWaiting: boolean
  readonly onDecide: (isGranted: boolean) => void
}

/** What somebody asks of the owners of a space, to be allowed or declined. */
export function AskRow({ personId, name, words, isWaiting, onDecide }: AskRowProps) {
  const { t } = useTranslation()
  return (
    <li className={classes['row']}>
      <Face personId={personId} name={name} size={36} />
      <span className={classes['words']}>
        <b>{name}</b> {words}
      </span>
      {isWaiting ? (
        <span className={classes['waits']} role="status">
          {t('members.waits')}
        </span>
      ) : (
        <>
          <Button size="sm" aria-label={`${t('members.decline')}: ${name}`} onClick={() => onDecide(false)}>
            {t('members.decline')}
          </Button>
          <Button
            size="sm"
            variant="filled"
            aria-label={`${t('members.grant')}: ${name}`}
            onClick={() => onDecide(true)}
          >
            {t('members.grant')}
          </Button>
        </>
      )}
    </li>
  )
}
