import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProfileError } from '../../documents/profile.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useOpenSession } from '../../documents/use-session.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogButtons } from '../../ui/DialogButtons.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { DrawnFace } from './DrawnFace.tsx'
import { PhotographedFace } from './PhotographedFace.tsx'
import { ProfileFailure } from './ProfileFailure.tsx'

type MakePicture = () => Promise<Blob | null>

/** One's own face: a photograph cut to a square, or a portrait that one draws. */
export function FaceDialog({ hasPicture, onClose }: { hasPicture: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const { profile } = usePlein()
  const { me } = useOpenSession()
  const [way, setWay] = useState<'photo' | 'drawn'>('photo')
  // Boxed: a function in a state would be called by React.
  const [picture, setPicture] = useState<{ readonly make: MakePicture } | null>(null)
  const [failure, setFailure] = useState<ProfileError | 'unreadable' | null>(null)
  const [isBusy, setBusy] = useState(false)
  const save = async (make: MakePicture) => {
    setBusy(true)
    setFailure(null)
    const blob = await make().catch(() => null)
    const saved = blob === null ? null : await profile.setFace(blob)
    setBusy(false)
    if (saved === null) setFailure('unreadable')
    else if (saved.ok) onClose()
    else setFailure(saved.error)
  }
  const remove = async () => {
    const saved = await profile.setFace(null)
    if (saved.ok) onClose()
    else setFailure(saved.error)
  }
  return (
    <Dialog onClose={onClose} size="lg" title={t('profile.faceTitle')}>
      <SegmentedControl
        fullWidth
        aria-label={t('profile.faceTitle')}
        value={way}
        onChange={(value) => {
          setWay(value === 'drawn' ? 'drawn' : 'photo')
          setPicture(null)
          setFailure(null)
        }}
        data={[
          { value: 'photo', label: t('profile.photo') },
          { value: 'drawn', label: t('profile.drawn') },
        ]}
      />
      {way === 'photo' && <PhotographedFace onPicture={setPicture} onUnreadable={() => setFailure('unreadable')} />}
      {way === 'drawn' && <DrawnFace personId={me.id} name={me.name} onPicture={setPicture} />}
      {failure === 'unreadable' && <Notice tone="stop">{t('profile.unreadable')}</Notice>}
      {failure !== null && failure !== 'unreadable' && <ProfileFailure error={failure} />}
      <DialogButtons onCancel={onClose}>
        {hasPicture && (
          <Button disabled={isBusy} onClick={() => void remove()}>
            {t('profile.removeFace')}
          </Button>
        )}
        <Button
          variant="filled"
          loading={isBusy}
          disabled={picture === null}
          onClick={() => {
            if (picture !== null) void save(picture.make)
          }}
        >
          {t('profile.useFace')}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
