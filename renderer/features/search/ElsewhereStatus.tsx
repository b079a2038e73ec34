import { useTranslation } from 'react-i18next'
import type { FoundElsewhere } from '../../documents/use-found-on-server.ts'

/** In words, what became of the pages that are not on this laptop; nothing where all of them are. */
export function ElsewhereStatus({ found, className }: { found: FoundElsewhere; className: string | undefined }) {
  const { t } = useTranslation()
  if (found.stage === 'none') return null
  return (
    <p className={className} role="status">
      {found.stage === 'searching' && t('find.searchingServer')}
      {found.stage === 'offline' && t('find.notHere', { count: found.pages })}
      {found.stage === 'found' && t('find.foundOnServer', { count: found.hits.length })}
      {found.stage === 'found' && !found.complete && ` ${t('find.serverFilling')}`}
    </p>
  )
}
