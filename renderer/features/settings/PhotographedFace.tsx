import { FileButton, Button, Slider } from '@mantine/core'
import { useEffect, useState } from 'react'
import Cropper, { type Area } from 'react-easy-crop'
import 'react-easy-crop/react-easy-crop.css'
import { useTranslation } from 'react-i18next'
import { cropPicture } from './crop-picture.ts'
import classes from './FaceDialog.module.css'

interface PhotographedFaceProps {
  readonly onPicture: (picture: { readonly make: () => Promise<Blob | null> }) => void
  readonly onUnreadable: () => void
}

/** Chooses a photograph and the square of it that is the face; nothing leaves the laptop but that square. */
export function PhotographedFace({ onPicture, onUnreadable }: PhotographedFaceProps) {
  const { t } = useTranslation()
  const [url, setUrl] = useState<string | null>(null)
  const [crop, setCrop] = useState({ x: 0, y: 0 })
  const [zoom, setZoom] = useState(1)
  useEffect(() => () => (url === null ? undefined : URL.revokeObjectURL(url)), [url])
  const choose = (file: File | null) => {
    if (file === null) return
    setCrop({ x: 0, y: 0 })
    setZoom(1)
    setUrl(URL.createObjectURL(file))
  }
  const cropped = (_: Area, pixels: Area) => {
    if (url !== null) onPicture({ make: () => cropPicture(url, pixels) })
  }
  return (
    <div className={classes['way']}>
      {url !== null && (
        <>
          <div className={classes['crop']}>
            <Cropper
              image={url}
              aspect={1}
              crop={crop}
              zoom={zoom}
              showGrid={false}
              onCropChange={setCrop}
              onZoomChange={setZoom}
              onCropComplete={cropped}
              mediaProps={{ alt: '', onError: onUnreadable }}
              cropperProps={{ 'aria-label': t('profile.cropArea') }}
            />
          </div>
          <Slider
            label={null}
            thumbLabel={t('profile.zoom')}
            min={1}
            max={3}
            step={0.05}
            value={zoom}
            onChange={setZoom}
          />
        </>
      )}
      <FileButton accept="image/*" onChange={choose}>
        {(props) => (
          <Button {...props} variant={url === null ? 'filled' : 'default'}>
            {t(url === null ? 'profile.choosePhoto' : 'profile.chooseOther')}
          </Button>
        )}
      </FileButton>
      <p className={classes['hint']}>{t('profile.photoHint')}</p>
    </div>
  )
}
