import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../ui/Notice.tsx'
import type { AddTrouble } from './use-add-files.ts'

/** Files that could not be added, each with what to do about it. */
export function AddTroubles({ troubles, onClose }: { troubles: readonly AddTrouble[]; onClose: (id: number) => void }) {
  const { t } = useTranslation()
  return troubles.map(({ id, name, reason }) => (
    <Notice
      key={id}
      tone="stop"
      action={
        <ActionIcon aria-label={t('common.close')} size={24} onClick={() => onClose(id)}>
          <IconX size={16} stroke={1.75} />
        </ActionIcon>
      }
    >
      {t(`files.trouble.${reason}`, { name })}
    </Notice>
  ))
}
