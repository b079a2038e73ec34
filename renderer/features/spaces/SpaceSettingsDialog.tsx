import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpaceId } from '../../../model/ids.ts'
import type { SpaceChange } from '../../../model/request.ts'
import type { SpaceDetails } from '../../documents/space-admin.ts'
import { useConnection } from '../../documents/use-connection.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useSpaceDetails } from '../../documents/use-space-admin.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogButtons } from '../../ui/DialogButtons.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { type SpaceFields, SpaceForm } from './SpaceForm.tsx'

/** What an owner may change of a space. */
export function SpaceSettingsDialog({ spaceId, onClose }: { spaceId: SpaceId; onClose: () => void }) {
  const details = useSpaceDetails(spaceId)
  return details === null ? null : <Settings details={details} onClose={onClose} />
}

function Settings({ details, onClose }: { details: SpaceDetails; onClose: () => void }) {
  const { t } = useTranslation()
  const { spaceAdmin } = usePlein()
  const { state } = useConnection()
  const { name, description, icon, joining } = details
  const [fields, setFields] = useState<SpaceFields>({ name, description, icon, joining })
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (fields.name.trim() === '') return
    const change = changesOf(details, fields)
    if (Object.keys(change).length > 0) void spaceAdmin.changeSpace(details.id, change)
    onClose()
  }
  const hasJoining = details.parent === null && details.kind !== 'organisation' && details.kind !== 'personal'
  return (
    <Dialog onClose={onClose} title={t('spaceForm.settingsTitle', { name })}>
      <form onSubmit={save} noValidate>
        <SpaceForm
          fields={fields}
          onChange={setFields}
          nameError={fields.name.trim() === '' ? t('space.needName') : null}
          hasJoining={hasJoining}
        />
        {state !== 'online' && state !== 'none' && <Notice tone="wait">{t('spaceForm.waits')}</Notice>}
        <DialogButtons onCancel={onClose}>
          <Button type="submit" variant="filled">
            {t('spaceForm.save')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}

/** Only what was changed, so that two owners who change different things both get theirs. */
function changesOf(before: SpaceDetails, after: SpaceFields): SpaceChange {
  const name = after.name.trim()
  const description = after.description.trim()
  return {
    ...(name === before.name ? {} : { name }),
    ...(description === before.description ? {} : { description }),
    ...(after.icon === before.icon ? {} : { icon: after.icon }),
    ...(after.joining === before.joining ? {} : { joining: after.joining }),
  }
}
