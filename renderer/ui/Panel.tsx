import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Panel.module.css'

interface PanelProps {
  readonly title: string
  readonly lead?: string
  readonly children: ReactNode
  readonly foot?: ReactNode
  /** Null where the panel belongs to its screen. */
  readonly onClose: (() => void) | null
}

/** Something beside a page: title, content that scrolls, and what to do at its foot. */
export function Panel({ title, lead, children, foot, onClose }: PanelProps) {
  const { t } = useTranslation()
  return (
    <aside className={classes['panel']} aria-label={title}>
      <header className={classes['head']}>
        <div className={classes['words']}>
          <h2 className={classes['title']}>{title}</h2>
          {lead !== undefined && <p className={classes['lead']}>{lead}</p>}
        </div>
        {onClose !== null && (
          <ActionIcon aria-label={t('common.close')} onClick={onClose}>
            <IconX size={18} stroke={1.75} />
          </ActionIcon>
        )}
      </header>
      <div className={classes['content']}>{children}</div>
      {foot !== undefined && <footer className={classes['foot']}>{foot}</footer>}
    </aside>
  )
}
