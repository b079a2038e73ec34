import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SpaceId } from '../../../model/ids.ts'
import type { ImportJob } from '../../documents/in-out.ts'
import { useImportJob } from '../../documents/use-in-out.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useSpace } from '../../documents/use-spaces.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { ChooseFiles } from './ChooseFiles.tsx'
import classes from './import-export.module.css'
import { PreviewView } from './PreviewView.tsx'
import { ReportView } from './ReportView.tsx'
import { WorkProgress } from './WorkProgress.tsx'

/** Bringing Markdown into a space: choose, see what comes in, make it, read what became of it. */
export function ImportScreen({ spaceId }: { spaceId: SpaceId }) {
  const { t } = useTranslation()
  const space = useSpace(spaceId)
  const job = useImportJob()
  return (
    <Screen title={t('inOut.importTitle', { space: space?.space.name ?? '' })} lead={t('inOut.importLead')}>
      <Stage spaceId={spaceId} job={job} />
    </Screen>
  )
}

function Stage({ spaceId, job }: { spaceId: SpaceId; job: ImportJob | null }) {
  const { t } = useTranslation()
  const { inOut } = usePlein()
  if (job === null) return <ChooseFiles onChoose={(choice) => inOut.readImport(choice)} />
  const { name } = job
  switch (job.stage) {
    case 'reading':
      return (
        <WorkProgress
          title={t('inOut.reading', { name })}
          text={t('inOut.readingText')}
          progress={job.progress}
          onStop={() => inOut.stopImport()}
        />
      )
    case 'preview':
      return <PreviewView spaceId={spaceId} name={name} preview={job.preview} />
    case 'writing':
      return (
        <WorkProgress
          title={t('inOut.writing', { name })}
          text={t('inOut.writingText')}
          progress={job.progress}
          onStop={() => inOut.stopImport()}
        />
      )
    case 'done':
      return <ReportView name={name} place={job.place} report={job.report} />
    case 'failed':
      return (
        <div className={classes['narrow']}>
          <h2 className={classes['headline']}>{t('inOut.failedTitle')}</h2>
          <Notice tone="stop">{t(`inOut.trouble.${job.reason}`)}</Notice>
          <div className={classes['buttons']}>
            <Button variant="filled" onClick={() => inOut.forgetImport()}>
              {t('inOut.other')}
            </Button>
          </div>
        </div>
      )
  }
}
