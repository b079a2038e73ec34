import { Button } from '@mantine/core'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportJob } from '../../documents/in-out.ts'
import { useImportJob } from '../../documents/use-in-out.ts'
import { PassingNotice } from '../../ui/PassingNotice.tsx'

/** Says on any other screen that an import has ended. */
export function InOutNotice() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const job = useImportJob()
  const [seen, setSeen] = useState<ImportJob | null>(null)
  if (job === null || job === seen || job.stage !== 'done') return null
  const path = `/space/${job.place.spaceId}/import`
  if (pathname.endsWith('/import')) return null
  const isDone = job.report.outcome === 'done'
  return (
    <PassingNotice
      tone={isDone ? 'calm' : 'stop'}
      onClose={() => setSeen(job)}
      action={
        <Button size="sm" onClick={() => void navigate({ to: path })}>
          {t('inOut.noticeReport')}
        </Button>
      }
    >
      {isDone ? t('inOut.noticeDone', { count: job.report.pages }) : t('inOut.noticeEnded')}
    </PassingNotice>
  )
}
