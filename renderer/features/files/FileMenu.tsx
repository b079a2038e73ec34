import { ActionIcon, Menu } from '@mantine/core'
import {
  IconCloudDownload,
  IconDots,
  IconDownload,
  IconEye,
  IconLink,
  IconPinned,
  IconPinnedOff,
  IconPlayerPause,
  IconPlayerPlay,
  IconX,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FileSummary } from '../../documents/files.ts'
import { previewOf } from './file-kinds.ts'
import type { FileVerbs } from './use-file-verbs.ts'

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const

interface FileMenuProps {
  readonly file: FileSummary
  readonly name: string
  readonly verbs: FileVerbs
}

/** What one can do with a file. */
export function FileMenu({ file, name, verbs }: FileMenuProps) {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <ActionIcon aria-label={t('files.menu', { name })}>
          <IconDots size={18} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {previewOf(file.type) !== null && (
          <Menu.Item leftSection={<IconEye {...icon} />} onClick={() => verbs.open(file)}>
            {t('files.open')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconDownload {...icon} />} onClick={() => verbs.save(file)}>
          {t('files.save')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLink {...icon} />}
          onClick={() => void navigator.clipboard.writeText(verbs.linkOf(file))}
        >
          {t('files.copyLink')}
        </Menu.Item>
        <Menu.Divider />
        <HereActions file={file} verbs={verbs} />
        <UploadActions file={file} verbs={verbs} />
        <TakeOff file={file} verbs={verbs} />
      </Menu.Dropdown>
    </Menu>
  )
}

function HereActions({ file, verbs }: Omit<FileMenuProps, 'name'>) {
  const { t } = useTranslation()
  const canFetch = file.state.kind === 'not-here' || file.state.kind === 'fetch-failed'
  return (
    <>
      {canFetch && (
        <Menu.Item leftSection={<IconCloudDownload {...icon} />} onClick={() => verbs.fetch(file)}>
          {t('files.fetch')}
        </Menu.Item>
      )}
      <Menu.Item
        leftSection={file.pinned ? <IconPinnedOff {...icon} /> : <IconPinned {...icon} />}
        onClick={() => verbs.pin(file, !file.pinned)}
      >
        {t(file.pinned ? 'files.unpin' : 'files.pin')}
      </Menu.Item>
    </>
  )
}

function UploadActions({ file, verbs }: Omit<FileMenuProps, 'name'>) {
  const { t } = useTranslation()
  const { state } = file
  const isPaused = state.kind === 'waiting' && state.reason === 'paused'
  const isUnsent = state.kind === 'waiting' || state.kind === 'uploading' || state.kind === 'refused'
  if (!isUnsent) return null
  return (
    <>
      {state.kind !== 'refused' &&
        (isPaused ? (
          <Menu.Item leftSection={<IconPlayerPlay {...icon} />} onClick={() => verbs.resume(file)}>
            {t('files.resume')}
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<IconPlayerPause {...icon} />} onClick={() => verbs.pause(file)}>
            {t('files.pause')}
          </Menu.Item>
        ))}
      <Menu.Item leftSection={<IconX {...icon} />} onClick={() => verbs.cancel(file)}>
        {t('files.cancel')}
      </Menu.Item>
    </>
  )
}

function TakeOff({ file, verbs }: Omit<FileMenuProps, 'name'>) {
  const { t } = useTranslation()
  const isSent = file.state.kind !== 'waiting' && file.state.kind !== 'uploading' && file.state.kind !== 'refused'
  if (!isSent) return null
  const why = verbs.keptOnList(file)
  return (
    <Menu.Item disabled={why !== null} leftSection={<IconX {...icon} />} onClick={() => verbs.takeOff(file)}>
      {why === null ? t('files.takeOff') : t(`files.kept.${why}`)}
    </Menu.Item>
  )
}
