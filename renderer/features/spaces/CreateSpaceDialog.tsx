import { Button, SegmentedControl } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpaceId } from '../../../model/ids.ts'
import { useConnection } from '../../documents/use-connection.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useSpaces } from '../../documents/use-spaces.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogButtons } from '../../ui/DialogButtons.tsx'
import { Notice } from '../../ui/Notice.tsx'
import classes from './CreateSpaceDialog.module.css'
import { type SpaceFields, SpaceForm } from './SpaceForm.tsx'

const kinds = ['team', 'project', 'community'] as const
const kindTexts = { team: 'space.kindTeam', project: 'space.kindProject', community: 'space.kindCommunity' } as const
type Kind = (typeof kinds)[number]

/** Where nobody chose: teams are asked, communities are open. */
const usualJoining = { team: 'ask', project: 'ask', community: 'open' } as const

/** Asks the server for a new space, or for a closed section of one; a personal organisation decides by itself. */
export function CreateSpaceDialog({ parent, onClose }: { parent: SpaceId | null; onClose: () => void }) {
  const { t } = useTranslation()
  const { state } = useConnection()
  const parentName = useSpaces().find((space) => space.id === parent)?.name ?? ''
  const [kind, setKind] = useState<Kind>('team')
  const [fields, setFields] = useState<SpaceFields>(noFields(parent))
  const [needsName, setNeedsName] = useState(false)
  const create = useCreate(parent, onClose)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (fields.name.trim() === '') setNeedsName(true)
    else void create(kind, fields)
  }
  return (
    <Dialog onClose={onClose} title={t(parent === null ? 'space.createTitle' : 'spaceForm.sectionTitle')}>
      <form onSubmit={submit} noValidate>
        <p className={classes['text']}>
          {parent === null ? t('space.createText') : t('spaceForm.sectionText', { name: parentName })}
        </p>
        {parent === null && (
          <KindChoice
            kind={kind}
            onChoose={(next) => {
              setKind(next)
              if (fields.joining === usualJoining[kind]) setFields({ ...fields, joining: usualJoining[next] })
            }}
          />
        )}
        <SpaceForm
          fields={fields}
          onChange={setFields}
          nameError={needsName && fields.name.trim() === '' ? t('space.needName') : null}
          hasJoining={parent === null}
        />
        {state !== 'online' && state !== 'none' && <Notice tone="wait">{t('spaceForm.waits')}</Notice>}
        <DialogButtons onCancel={onClose}>
          <Button type="submit" variant="filled">
            {t(parent === null ? 'space.createAction' : 'spaceForm.sectionTitle')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}

function noFields(parent: SpaceId | null): SpaceFields {
  return { name: '', description: '', icon: null, joining: parent === null ? usualJoining.team : 'closed' }
}

/** Where there is a line the new space opens when it has come; else the request is shown where it waits. */
function useCreate(parent: SpaceId | null, onClose: () => void) {
  const { spaceAdmin } = usePlein()
  const navigate = useNavigate()
  const { state } = useConnection()
  return async (kind: Kind, { name, description, icon, joining }: SpaceFields) => {
    const space = { kind, name: name.trim(), description: description.trim(), icon, joining, parent }
    const { spaceId } = await spaceAdmin.createSpace(space)
    onClose()
    if (state === 'online' || state === 'none') await navigate({ to: '/space/$spaceId', params: { spaceId } })
    else await navigate({ to: '/requests' })
  }
}

function KindChoice({ kind, onChoose }: { kind: Kind; onChoose: (kind: Kind) => void }) {
  const { t } = useTranslation()
  return (
    <fieldset className={classes['kinds']}>
      <legend className={classes['legend']}>{t('space.createKind')}</legend>
      <SegmentedControl
        fullWidth
        aria-label={t('space.createKind')}
        value={kind}
        onChange={(value) => onChoose(kinds.find((one) => one === value) ?? 'team')}
        data={kinds.map((value) => ({ value, label: t(kindTexts[value]) }))}
      />
    </fieldset>
  )
}
