import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { FileHash, SpaceId } from '../../../model/ids.ts'
import { useFileState, useSpaceFiles } from '../../documents/use-files.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogButtons } from '../../ui/DialogButtons.tsx'
import { FileStateWords } from '../../ui/FileStateWords.tsx'
import { previewOf } from './file-kinds.ts'
import classes from './FilePreview.module.css'
import { saveFile } from './save-file.ts'
import { useShownFile, type ShownFile } from './use-shown-file.ts'

/** One file, shown where that runs nothing; anything else can be downloaded here. */
export function FilePreview({ spaceId, hash }: { spaceId: SpaceId; hash: FileHash }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const file = useSpaceFiles(spaceId).files.find((each) => each.hash === hash)
  const state = useFileState(spaceId, hash)
  const shown = useShownFile(spaceId, hash, file?.type ?? '')
  const name = file === undefined || file.name === '' ? t('files.unnamed') : file.name
  const close = () => void navigate({ to: '/space/$spaceId/files', params: { spaceId } })
  return (
    <Dialog size="xl" onClose={close} title={name}>
      {shown === null ? (
        <p className={classes['state']}>
          <FileStateWords state={state} />
        </p>
      ) : (
        <Shown shown={shown} name={name} kind={previewOf(file?.type ?? '')} />
      )}
      <DialogButtons onCancel={close} isDone>
        <Button
          leftSection={<IconDownload size={18} stroke={1.75} aria-hidden="true" />}
          disabled={shown === null}
          onClick={() => shown !== null && saveFile(shown.bytes, name)}
        >
          {t('files.save')}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}

function Shown({ shown, name, kind }: { shown: ShownFile; name: string; kind: ReturnType<typeof previewOf> }) {
  const { t } = useTranslation()
  if (kind === 'image') return <img className={classes['picture']} src={shown.url} alt={name} />
  // Films of colleagues have no subtitles to give.
  // oxlint-disable-next-line jsx-a11y/media-has-caption
  if (kind === 'video') return <video className={classes['picture']} src={shown.url} controls aria-label={name} />
  // oxlint-disable-next-line jsx-a11y/media-has-caption
  if (kind === 'audio') return <audio className={classes['sound']} src={shown.url} controls aria-label={name} />
  if (kind === 'text' && shown.text !== null) return <pre className={classes['text']}>{shown.text}</pre>
  return <p className={classes['state']}>{t('files.noPreview')}</p>
}
