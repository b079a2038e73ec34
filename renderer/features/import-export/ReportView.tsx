import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportReport } from '../../../model/markdown/import-run.ts'
import type { ImportPlace } from '../../documents/in-out.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useOpenSession } from '../../documents/use-session.ts'
import { Notice } from '../../ui/Notice.tsx'
import { downloadBlob } from './download-blob.ts'
import classes from './import-export.module.css'
import { Problems } from './Problems.tsx'
import { reportBody, reportMarkdown, type ReportWords } from './report-text.ts'
import { useCounts } from './use-counts.ts'

interface ReportProps {
  readonly name: string
  readonly place: ImportPlace
  readonly report: ImportReport
}

/** What became of an import, by name. */
export function ReportView({ name, place, report }: ReportProps) {
  const { t } = useTranslation()
  const counts = useCounts()
  return (
    <div className={classes['narrow']}>
      <Headline name={name} report={report} />
      {report.outcome === 'done' && (
        <ul className={classes['counts']}>
          {counts(report).map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      {report.outcome !== 'stopped' && <Problems problems={report.problems} count={report.problemCount} />}
      <div className={classes['buttons']}>
        <WhereTo place={place} report={report} />
        {report.problemCount > 0 && report.outcome !== 'stopped' && (
          <KeepReport name={name} place={place} report={report} />
        )}
        <Again />
      </div>
      <p role="status" className={classes['hidden']}>
        {t('inOut.pages', { count: report.pages })}
      </p>
    </div>
  )
}

function Headline({ name, report }: Pick<ReportProps, 'name' | 'report'>) {
  const { t } = useTranslation()
  const { organisation } = useOpenSession()
  const made = report.pages + report.folders
  if (report.outcome === 'done') {
    return (
      <>
        <h2 className={classes['headline']}>{t('inOut.doneTitle', { count: report.pages })}</h2>
        <p className={classes['soft']}>
          {t(organisation.serverUrl === null ? 'inOut.doneTextAlone' : 'inOut.doneText', { name })}
        </p>
      </>
    )
  }
  if (report.outcome === 'nothing') {
    return (
      <>
        <h2 className={classes['headline']}>{t('inOut.nothingTitle')}</h2>
        <Notice tone="stop">{t('inOut.nothingToImport')}</Notice>
      </>
    )
  }
  return (
    <>
      <h2 className={classes['headline']}>{t('inOut.stoppedTitle')}</h2>
      <p className={classes['soft']}>
        {made === 0 ? t('inOut.stoppedNothing') : t('inOut.stoppedText', { count: made })}
      </p>
    </>
  )
}

function WhereTo({ place, report }: Pick<ReportProps, 'place' | 'report'>) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { firstPage, outcome } = report
  if (outcome === 'done' && firstPage !== null) {
    return (
      <Button variant="filled" onClick={() => void navigate({ to: '/page/$pageId', params: { pageId: firstPage } })}>
        {t('inOut.toFirst')}
      </Button>
    )
  }
  if (outcome !== 'stopped' || report.made.length === 0) return null
  const params = { spaceId: place.spaceId }
  return (
    <Button onClick={() => void navigate({ to: '/space/$spaceId/archive', params })}>{t('inOut.toArchive')}</Button>
  )
}

function KeepReport({ name, place, report }: ReportProps) {
  const { t } = useTranslation()
  const { inOut } = usePlein()
  const [isKept, setKept] = useState(false)
  const counts = useCounts()
  const words: ReportWords = {
    title: t('inOut.reportTitle', { name }),
    lead: t('inOut.reportLead', { counts: counts(report).join(', ') }),
    reasonOf: (reason) => t(`inOut.reason.${reason}`),
    more:
      report.problemCount > report.problems.length
        ? t('inOut.outlineMore', { count: report.problemCount - report.problems.length })
        : null,
  }
  const keep = async () => {
    await inOut.saveReport(place, words.title, reportBody(report.problems, words))
    setKept(true)
  }
  const download = () => {
    const text = reportMarkdown(report.problems, words)
    downloadBlob(new Blob([text], { type: 'text/markdown' }), `${words.title.replaceAll(/[\\/:*?"<>|]/g, ' ')}.md`)
  }
  return (
    <>
      {report.outcome === 'done' && (
        <Button disabled={isKept} onClick={() => void keep()}>
          {t(isKept ? 'inOut.reportSaved' : 'inOut.saveReport')}
        </Button>
      )}
      <Button onClick={download}>{t('inOut.downloadReport')}</Button>
    </>
  )
}

function Again() {
  const { t } = useTranslation()
  const { inOut } = usePlein()
  return (
    <Button variant="subtle" onClick={() => inOut.forgetImport()}>
      {t('inOut.again')}
    </Button>
  )
}
