import { ActionIcon } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconPlus } from '@tabler/icons-react'
import { useCanGoBack, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useOpenSession } from '../../documents/use-session.ts'
import { WindowTab } from './WindowTab.tsx'
import classes from './TitleBar.module.css'
import { useTabs, type TabKeeper } from './use-tabs.ts'
import { useWindowCommands } from './use-window-commands.ts'

/** Back, forward and what is open in tabs. */
export function TitleBar() {
  const { t } = useTranslation()
  const { organisation } = useOpenSession()
  const { state, keeper } = useTabs(organisation.id)
  useWindowCommands(keeper)
  return (
    <div className={classes['bar']}>
      <Arrows keeper={keeper} />
      <nav className={classes['tabs']} aria-label={t('frame.tabs')}>
        {state.tabs.map((tab, place) => (
          <WindowTab
            key={tab.id}
            tab={tab}
            place={place}
            isShown={tab.id === state.activeId}
            isOnly={state.tabs.length === 1}
            keeper={keeper}
          />
        ))}
        <ActionIcon
          size={28}
          className={classes['new'] ?? ''}
          aria-label={t('commands.newTab')}
          onClick={keeper.openNew}
        >
          <IconPlus size={16} stroke={1.75} />
        </ActionIcon>
      </nav>
    </div>
  )
}

function Arrows({ keeper }: { keeper: TabKeeper }) {
  const { t } = useTranslation()
  const { history } = useRouter()
  const canGoBack = useCanGoBack()
  return (
    <div className={classes['arrows']}>
      <ActionIcon size={28} aria-label={t('frame.back')} disabled={!canGoBack} onClick={() => history.back()}>
        <IconArrowLeft size={18} stroke={1.75} />
      </ActionIcon>
      <ActionIcon
        size={28}
        aria-label={t('frame.forward')}
        disabled={!keeper.canGoForward}
        onClick={() => history.forward()}
      >
        <IconArrowRight size={18} stroke={1.75} />
      </ActionIcon>
    </div>
  )
}
