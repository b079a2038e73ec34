import { useTranslation } from 'react-i18next'
import type { AwayPage } from '../../documents/away.ts'
import { useOwnCard, usePeopleNamed } from '../../documents/use-people.ts'
import { Face } from '../../ui/Face.tsx'
import classes from './AwayPanel.module.css'

const shownFaces = 4

/** How many changed how much, and how much I did: colleagues as one, never one by one. */
export function AwayPeople({ pages }: { pages: readonly AwayPage[] }) {
  const { t } = useTranslation()
  const me = useOwnCard()
  const ids = [...new Set(pages.flatMap(({ items }) => items.flatMap(({ authors }) => authors)))]
  const people = usePeopleNamed(ids, t('away.somebody'))
  const theirs = pages.reduce((sum, { items }) => sum + items.length, 0)
  const mine = pages.reduce((sum, page) => sum + page.mine, 0)
  return (
    <div className={classes['people']}>
      <div className={classes['side']}>
        <span className={classes['faces']} aria-hidden="true">
          {people.slice(0, shownFaces).map(({ id, name }) => (
            <Face key={id} personId={id} name={name} size={28} />
          ))}
        </span>
        <span>
          <b>{ids.length === 0 ? t('away.somebody') : t('away.colleagues', { count: ids.length })}</b>
          <br />
          {t('away.changes', { count: theirs })}
        </span>
      </div>
      <div className={classes['side']}>
        {me !== null && <Face personId={me.id} name={me.name} size={28} />}
        <span>
          <b>{t('away.you')}</b>
          <br />
          {t('away.changes', { count: mine })}
        </span>
      </div>
    </div>
  )
}
