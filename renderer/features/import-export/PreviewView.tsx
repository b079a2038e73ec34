import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpaceId } from '../../../model/ids.ts'
import type { ImportPreview } from '../../../model/markdown/import-survey.ts'
import type { ImportPlace } from '../../documents/in-out.ts'
import { useMayInSpace } from '../../documents/use-may.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useSpaces } from '../../documents/use-spaces.ts'
import { Notice } from '../../ui/Notice.tsx'
import { useAfterPaint } from '../../ui/use-after-paint.ts'
import classes from './import-export.module.css'
import { PreviewPlace } from './PreviewPlace.tsx'
import { Problems } from './Problems.tsx'
import { useCounts } from './use-counts.ts'

interface PreviewProps {
  readonly spaceId: SpaceId
  readonly name: string
  readonly preview: ImportPreview
}

/** What will come in, before anything is made, and where it will stand. */
export function PreviewView({ spaceId, name, preview }: PreviewProps) {
  const { t } = useTranslation()
  const counts = useCounts()
  const isDrawn = useAfterPaint()
  return (
    <div className={classes['narrow']}>
      <h2 className={classes['headline']}>{t('inOut.previewTitle', { name })}</h2>
      {preview.exportedSpace !== null && (
        <p className={classes['soft']}>{t('inOut.fromExport', { space: preview.exportedSpace })}</p>
      )}
      <ul className={classes['counts']}>
        {counts(preview).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      {preview.pages > 0 && <Outline preview={preview} />}
      <Problems problems={preview.problems} count={preview.problemCount} />
      {preview.pages === 0 ? <Nothing /> : isDrawn && <Start spaceId={spaceId} />}
    </div>
  )
}

function Outline({ preview }: { preview: ImportPreview }) {
  const { t } = useTranslation()
  const all = preview.pages + preview.folders
  const shown = preview.outline.slice(0, 12)
  return (
    <ul className={classes['outline']} aria-label={t('inOut.outline')}>
      {shown.map(({ title, depth }, index) => (
        <li key={index} style={{ paddingInlineStart: `${Math.min(depth, 6) * 20}px` }}>
          {title || t('common.untitled')}
        </li>
      ))}
      {all > shown.length && (
        <li className={classes['soft']}>{t('inOut.outlineMore', { count: all - shown.length })}</li>
      )}
    </ul>
  )
}

function Nothing() {
  const { t } = useTranslation()
  const { inOut } = usePlein()
  return (
    <>
      <Notice tone="stop">{t('inOut.nothingToImport')}</Notice>
      <div className={classes['buttons']}>
        <Button onClick={() => inOut.forgetImport()}>{t('inOut.other')}</Button>
      </div>
    </>
  )
}

function Start({ spaceId }: { spaceId: SpaceId }) {
  const { t } = useTranslation()
  const { inOut } = usePlein()
  const may = useMayInSpace()
  const spaces = useSpaces().filter((space) => may('create-shared-page', space))
  const [chosen, setChosen] = useState<ImportPlace | null>(null)
  const first = spaces.find(({ id }) => id === spaceId) ?? spaces[0]
  if (first === undefined) return <Notice tone="stop">{t('inOut.noSpace')}</Notice>
  const place = chosen ?? { spaceId: first.id, parent: null }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        inOut.startImport(place)
      }}
    >
      <PreviewPlace spaces={spaces} place={place} onChange={setChosen} />
      <div className={classes['buttons']}>
        <Button type="submit" variant="filled">
          {t('inOut.start')}
        </Button>
        <Button variant="subtle" onClick={() => inOut.forgetImport()}>
          {t('inOut.other')}
        </Button>
      </div>
    </form>
  )
}
