import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Portrait } from '../../ui/Portrait.tsx'
import { drawPortrait, lookChoices, lookOf, type Look } from '../../ui/portraits.ts'
import { pictureOfSvg } from './crop-picture.ts'
import classes from './FaceDialog.module.css'

interface DrawnFaceProps {
  readonly personId: string
  readonly name: string
  readonly onPicture: (picture: { readonly make: () => Promise<Blob | null> }) => void
}

/** A portrait that one puts together oneself: every part is a choice, none is guessed from a name. */
export function DrawnFace({ personId, name, onPicture }: DrawnFaceProps) {
  const { t } = useTranslation()
  const place = useRef<HTMLDivElement>(null)
  const [look, setLook] = useState<Look>(() => lookOf(personId, name))
  useEffect(() => {
    const svg = place.current?.querySelector('svg')
    if (svg instanceof SVGSVGElement) onPicture({ make: () => pictureOfSvg(svg) })
  }, [look, onPicture])
  return (
    <div className={classes['drawn']}>
      <div ref={place} className={classes['portrait']}>
        <Portrait portrait={drawPortrait(look)} />
      </div>
      <div className={classes['parts']}>
        {lookChoices.map(({ part, looks }) => (
          <fieldset key={part} className={classes['part']}>
            <legend>{t(`profile.part.${part}`)}</legend>
            {looks(look).map((choice, index) => (
              <label key={JSON.stringify(choice[part])} className={classes['choice']}>
                <input
                  type="radio"
                  name={part}
                  aria-label={t('profile.choice', { part: t(`profile.part.${part}`), number: index + 1 })}
                  checked={(choice[part] ?? '') === (look[part] ?? '')}
                  onChange={() => setLook(choice)}
                />
                <Portrait portrait={drawPortrait(choice)} />
              </label>
            ))}
          </fieldset>
        ))}
      </div>
    </div>
  )
}
