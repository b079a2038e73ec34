import { useTranslation } from 'react-i18next'
import type { AwaySnapshot } from '../../documents/away.ts'
import { useTimes } from '../../i18n/use-times.ts'

/** From when to when one was away, in words. */
export function useAwayLead({ pages }: AwaySnapshot): string {
  const { t } = useTranslation()
  const { time } = useTimes()
  const from = pages.flatMap(({ fromMs }) => fromMs ?? [])
  const to = Math.max(0, ...pages.map(({ toMs }) => toMs))
  const isToday = from.length > 0 && to - Math.min(...from) < 20 * 60 * 60 * 1000
  return isToday ? t('away.lead', { from: time(Math.min(...from)), to: time(to) }) : t('away.leadSince')
}
