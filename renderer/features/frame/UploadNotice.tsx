import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useConnection } from '../../documents/use-connection.ts'
import { useUploads } from '../../documents/use-files.ts'
import { sizeInWords } from '../../i18n/sizes.ts'
import { useLanguage } from '../../i18n/use-times.ts'
import classes from './SidebarFoot.module.css'

/** Pictures come and go without a word. */
const worthSayingBytes = 5_000_000

/** Large files on their way to the server, in words; absent while there are none. */
export function UploadNotice() {
  const { t } = useTranslation()
  const language = useLanguage()
  const { state } = useConnection()
  const { files, sizeBytes, doneBytes, current } = useUploads()
  if (files === 0 || sizeBytes < worthSayingBytes) return null
  const size = sizeInWords(sizeBytes, language)
  if (current === null || state !== 'online') {
    return <p className={classes['wait']}>{t('files.frame.waiting', { count: files, size })}</p>
  }
  const percent = Math.floor((doneBytes / sizeBytes) * 100)
  return (
    <Link to="/space/$spaceId/files" params={{ spaceId: current.spaceId }} className={classes['wait']}>
      {t('files.frame.uploading', { count: files, size, percent })}
    </Link>
  )
}
