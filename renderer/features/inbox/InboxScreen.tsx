import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { plainText } from '../../../model/comment-text.ts'
import type { InboxItem } from '../../documents/inbox.ts'
import { useConnection } from '../../documents/use-connection.ts'
import { useInbox } from '../../documents/use-inbox.ts'
import { usePeopleNamed } from '../../documents/use-people.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useTimes } from '../../i18n/use-times.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Face } from '../../ui/Face.tsx'
import { GreyBlocks } from '../../ui/GreyBlocks.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { useNow } from '../../ui/use-now.ts'
import classes from './InboxScreen.module.css'

/** Who named this person, and who answered them: a list that ends. */
export function InboxScreen() {
  const { t } = useTranslation()
  const plein = usePlein()
  const items = useInbox()
  const connection = useConnection()
  const unread = (items ?? []).filter(({ isRead }) => !isRead)
  return (
    <Screen
      title={t('inbox.title')}
      actions={
        unread.length > 0 && (
          <Button
            size="sm"
            onClick={() => {
              plein.inbox.setRead(
                unread.map(({ ref }) => ref),
                true,
              )
            }}
          >
            {t('inbox.readAll')}
          </Button>
        )
      }
    >
      {connection.state === 'offline' && <p className={classes['offline']}>{t('inbox.offline')}</p>}
      {items === null ? <GreyBlocks lines={5} /> : <Items items={items} />}
    </Screen>
  )
}

function Items({ items }: { items: readonly InboxItem[] }) {
  const { t } = useTranslation()
  if (items.length === 0) return <EmptyState title={t('inbox.emptyTitle')} text={t('inbox.emptyText')} />
  return (
    <ul className={classes['items']}>
      {items.map((item) => (
        <Item key={item.ref} item={item} />
      ))}
    </ul>
  )
}

function Item({ item }: { item: InboxItem }) {
  const { t } = useTranslation()
  const times = useTimes()
  const nowMs = useNow(60_000)
  const { inbox } = usePlein()
  const [person] = usePeopleNamed(item.author === null ? [] : [item.author], t('inbox.unknownPerson'))
  const name = person?.name ?? t('inbox.somebody')
  const { thread } = item
  const title = item.pageTitle === '' ? t('common.untitled') : item.pageTitle
  return (
    <li className={classes['item']} data-read={item.isRead}>
      <Link
        to="/page/$pageId"
        params={{ pageId: item.page }}
        {...(thread === null ? {} : { state: { thread } })}
        className={classes['link']}
        onClick={() => inbox.setRead([item.ref], true)}
      >
        <Face personId={item.author ?? ''} name={name} size={32} />
        <span className={classes['words']}>
          <span className={classes['head']}>
            <b>{name}</b> {t(`inbox.${item.why}`)} <span className={classes['page']}>{title}</span>
          </span>
          <span className={classes['text']}>{plainText(item.text)}</span>
        </span>
        <span className={classes['side']}>
          {times.day(item.atMs, nowMs)}
          {!item.isRead && <span className={classes['new']}>{t('inbox.new')}</span>}
        </span>
      </Link>
    </li>
  )
}
