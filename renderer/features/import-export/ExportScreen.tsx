import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PageId, SpaceId } from '../../../model/ids.ts'
import type { Missing } from '../../../model/markdown/export-run.ts'
import type { ExportJob, ExportWhat, FinishedExport } from '../../documents/in-out.ts'
import { useConnection } from '../../documents/use-connection.ts'
import { useExportJob } from '../../documents/use-in-out.ts'
import { usePageRow } from '../../documents/use-page-rows.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useSpace } from '../../documents/use-spaces.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { chooseFile } from './choose-file.ts'
import { downloadBlob } from './download-blob.ts'
import classes from './import-export.module.css'
import { WorkProgress } from './WorkProgress.tsx'

/** Taking a space out, or a page with those below it. */
export function ExportScreen({ spaceId, pageId }: { spaceId: SpaceId; pageId: PageId | null }) {
  const { t } = useTranslation()
  const space = useSpace(spaceId)
  const page = usePageRow(pageId ?? undefined)
  const found = useExportJob()
  const name = (pageId === null ? space?.space.name : page?.title) || t('common.untitled')
  const what: ExportWhat = { spaceId, pageId }
  const job = found?.what.spaceId === spaceId && found.what.pageId === pageId ? found : null
  return (
    <Screen title={t('inOut.exportTitle', { name })} lead={t('inOut.exportLead')}>
      <Stage what={what} name={name} job={job} />
    </Screen>
  )
}

function Stage({ what, name, job }: { what: ExportWhat; name: string; job: ExportJob | null }) {
  const { t } = useTranslation()
  const { inOut } = usePlein()
  if (job === null) return <Start what={what} name={name} />
  if (job.stage === 'writing') {
    return (
      <WorkProgress
        title={t('inOut.exporting', { name })}
        text={t(what.pageId === null ? 'inOut.exportSpaceText' : 'inOut.exportPageText')}
        progress={job.progress}
        onStop={() => inOut.stopExport()}
      />
    )
  }
  return (
    <div className={classes['narrow']}>
      {job.stage === 'done' ? (
        <Finished finished={job.finished} />
      ) : (
        <Notice tone="stop">{t('inOut.exportFailed')}</Notice>
      )}
      <div className={classes['buttons']}>
        {job.stage === 'done' && job.finished.zip !== null && <Download finished={job.finished} />}
        <Button variant="subtle" onClick={() => inOut.forgetExport()}>
          {t('inOut.exportAgain')}
        </Button>
      </div>
    </div>
  )
}

function Start({ what, name }: { what: ExportWhat; name: string }) {
  const { t } = useTranslation()
  const { inOut } = usePlein()
  const { state } = useConnection()
  const start = async () => {
    const file = await chooseFile(`${name.replaceAll(/[\\/:*?"<>|]/g, ' ')}.zip`)
    if (file !== 'cancelled') inOut.startExport(what, file)
  }
  return (
    <div className={classes['narrow']}>
      <p>{t(what.pageId === null ? 'inOut.exportSpaceText' : 'inOut.exportPageText')}</p>
      {state !== 'online' && state !== 'none' && <Notice tone="wait">{t('inOut.exportOffline')}</Notice>}
      <div className={classes['buttons']}>
        <Button variant="filled" onClick={() => void start()}>
          {t('inOut.exportStart')}
        </Button>
      </div>
    </div>
  )
}

function Download({ finished }: { finished: FinishedExport }) {
  const { t } = useTranslation()
  return (
    <Button
      variant="filled"
      onClick={() => {
        if (finished.zip !== null) downloadBlob(finished.zip, finished.fileName)
      }}
    >
      {t('inOut.download')}
    </Button>
  )
}

function Finished({ finished: { report, fileName } }: { finished: FinishedExport }) {
  const { t } = useTranslation()
  if (report.outcome === 'nothing') return <Notice tone="stop">{t('inOut.exportedNothing')}</Notice>
  if (report.outcome === 'too-large') return <Notice tone="stop">{t('inOut.exportedTooLarge')}</Notice>
  if (report.outcome === 'stopped') return <Notice tone="calm">{t('inOut.exportedStopped')}</Notice>
  return (
    <>
      <h2 className={classes['headline']}>{t('inOut.exported', { count: report.pages, file: fileName })}</h2>
      <p role="status" className={classes['soft']}>
        {[
          t('inOut.pages', { count: report.pages }),
          t('inOut.files', { count: report.files }),
          t('inOut.comments', { count: report.comments }),
        ].join(', ')}
      </p>
      {report.missing.length > 0 && <MissingList missing={report.missing} />}
    </>
  )
}

function MissingList({ missing }: { missing: readonly Missing[] }) {
  const { t } = useTranslation()
  return (
    <div>
      <h3 className={classes['dropTitle']}>{t('inOut.missing', { count: missing.length })}</h3>
      <ul className={classes['names']}>
        {missing.map(({ reason, title, detail, pageId }) => (
          <li key={`${pageId} ${detail}`}>
            {t(`inOut.missingReason.${reason}`)}: {title || t('common.untitled')}{' '}
            <span className={classes['soft']}>{detail}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
