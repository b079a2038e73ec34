import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageId } from '../../../model/ids.ts'
import { maxVersionNameLength } from '../../../model/version.ts'
import type { HistoryTrouble } from '../../documents/history.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import classes from './KeepVersion.module.css'

/** Keeps the page as it is now, under a name. */
export function KeepVersion({ pageId }: { pageId: PageId }) {
  const { t } = useTranslation()
  const { history } = usePlein()
  const [name, setName] = useState('')
  const [outcome, setOutcome] = useState<HistoryTrouble | 'busy' | 'done' | null>(null)
  const keep = async () => {
    setOutcome('busy')
    const kept = await history.keep(pageId, name.trim())
    setOutcome(kept.ok ? 'done' : kept.error)
    if (kept.ok) setName('')
  }
  const isTrouble = outcome !== null && outcome !== 'busy' && outcome !== 'done'
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') void keep()
      }}
    >
      <TextInput
        className={classes['field'] ?? ''}
        label={t('history.keep.label')}
        placeholder={t('history.keep.placeholder')}
        maxLength={maxVersionNameLength}
        value={name}
        error={isTrouble ? t(`history.trouble.${outcome}`) : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" disabled={name.trim() === '' || outcome === 'busy'}>
        {t('history.keep.action')}
      </Button>
      <p className={classes['done']} role="status">
        {outcome === 'done' ? t('history.keep.done') : ''}
      </p>
    </form>
  )
}
