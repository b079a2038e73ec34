import { Button, Modal, SegmentedControl, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpaceId } from '../../../model/ids.ts'
import type { AccountError } from '../../documents/plein.ts'
import { useConnection } from '../../documents/use-connection.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { DialogButtons } from '../../ui/DialogButtons.tsx'
import { Notice } from '../../ui/Notice.tsx'
import classes from './CreateSpaceDialog.module.css'

const kinds = ['team', 'project', 'community'] as const
const kindTexts = { team: 'space.kindTeam', project: 'space.kindProject', community: 'space.kindCommunity' } as const
type Kind = (typeof kinds)[number]

/** Asks the server for a new space; a personal organisation decides by itself. */
export function CreateSpaceDialog({ onClose }: { parent: SpaceId | null; onClose: () => void }) {
  const { t } = useTranslation()
  const plein = usePlein()
  const navigate = useNavigate()
  const { state } = useConnection()
  const [name, setName] = useState('')
  const [kind, setKind] = useState<Kind>('team')
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<AccountError | 'no-name' | null>(null)
  const needsServer = state !== 'online' && state !== 'none'
  const create = async (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return setError('no-name')
    setBusy(true)
    const created = await plein.createSpace({ name: name.trim(), kind })
    setBusy(false)
    if (!created.ok) return setError(created.error)
    onClose()
    await navigate({ to: '/space/$spaceId', params: { spaceId: created.value } })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('space.createTitle')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={(event) => void create(event)} noValidate>
        <p className={classes['text']}>{t('space.createText')}</p>
        <TextInput
          data-autofocus
          label={t('space.createName')}
          maxLength={80}
          value={name}
          error={error === 'no-name' ? t('space.needName') : null}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <fieldset className={classes['kinds']}>
          <legend className={classes['legend']}>{t('space.createKind')}</legend>
          <SegmentedControl
            fullWidth
            aria-label={t('space.createKind')}
            value={kind}
            onChange={(value) => setKind(kinds.find((one) => one === value) ?? 'team')}
            data={kinds.map((value) => ({ value, label: t(kindTexts[value]) }))}
          />
        </fieldset>
        {needsServer && <Notice tone="wait">{t('space.createOffline')}</Notice>}
        {error !== null && error !== 'no-name' && <Notice tone="stop">{t(`accountError.${error}`)}</Notice>}
        <DialogButtons onCancel={onClose}>
          <Button type="submit" variant="filled" loading={isBusy}>
            {t('space.createAction')}
          </Button>
        </DialogButtons>
      </form>
    </Modal>
  )
}
