import { useTranslation } from 'react-i18next'
import type { PresentPerson } from '../../documents/plein.ts'
import { useConnection } from '../../documents/use-connection.ts'
import { useTimes } from '../../i18n/use-times.ts'
import { Face } from '../../ui/Face.tsx'
import classes from './Presence.module.css'

const shown = 4
const colours = ['delft', 'brick', 'ochre', 'plum', 'teal', 'moss', 'rose', 'slate']

/** Who else looks at this page; while offline, who did until the line broke. */
export function Presence({ present }: { present: readonly PresentPerson[] }) {
  const { t } = useTranslation()
  const times = useTimes()
  const { state, offlineSinceMs } = useConnection()
  const isGone = state === 'offline' || state === 'refused'
  const label = t('page.present', { count: present.length, names: present.map((one) => one.name).join(', ') })
  if (present.length === 0) return null
  return (
    <div className={classes['presence']} data-gone={isGone}>
      {isGone && offlineSinceMs !== null && <span>{t('page.hereUntil', { time: times.time(offlineSinceMs) })}</span>}
      <ul className={classes['faces']} aria-label={label}>
        {present.slice(0, shown).map((one) => (
          <li key={one.personId}>
            <Face
              personId={one.personId}
              name={one.name}
              size={isGone ? 24 : 28}
              labelled
              gone={isGone}
              {...(isGone ? {} : { ring: ringOf(one.colour) })}
            />
          </li>
        ))}
        {present.length > shown && <li className={classes['more']}>+{present.length - shown}</li>}
      </ul>
    </div>
  )
}

/** A person's colour by its name follows light and dark; it came over the wire, so anything else is slate. */
function ringOf(colour: string): string {
  return `var(--p-${colours.includes(colour) ? colour : 'slate'})`
}
