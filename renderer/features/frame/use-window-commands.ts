import {
  IconArrowBack,
  IconArrowLeft,
  IconArrowRight,
  IconChevronLeft,
  IconChevronRight,
  IconPlus,
  IconX,
} from '@tabler/icons-react'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Command, useCommands } from '../../ui/commands.ts'
import { isMac } from '../../ui/shortcut.ts'
import { openInNewTab } from '../../ui/new-tab.ts'
import type { TabKeeper } from './use-tabs.ts'

const group = 'window'

/** Back, forward and tabs by name, by keys and by the buttons of the mouse. Browsers keep Ctrl T and Ctrl W to themselves. */
export function useWindowCommands(keeper: TabKeeper): void {
  const { t } = useTranslation()
  const { history } = useRouter()
  useMouseButtons()
  useCommands(
    useMemo((): readonly Command[] => {
      // With Alt an arrow goes by words in a text of a Mac.
      const onMac = isMac(navigator.platform)
      const keys = { back: onMac ? 'Mod+[' : 'Alt+ArrowLeft', forward: onMac ? 'Mod+]' : 'Alt+ArrowRight' }
      return [
        {
          id: 'window.back',
          group,
          title: t('commands.back'),
          Icon: IconArrowLeft,
          keys: keys.back,
          run: () => history.back(),
        },
        {
          id: 'window.forward',
          group,
          title: t('commands.forward'),
          Icon: IconArrowRight,
          keys: keys.forward,
          run: () => history.forward(),
        },
        { id: 'tab.new', group, title: t('commands.newTab'), Icon: IconPlus, keys: 'Alt+T', run: keeper.openNew },
        { id: 'tab.close', group, title: t('commands.closeTab'), Icon: IconX, keys: 'Alt+W', run: keeper.closeShown },
        {
          id: 'tab.reopen',
          group,
          title: t('commands.reopenTab'),
          Icon: IconArrowBack,
          keys: 'Alt+Shift+T',
          run: keeper.reopen,
        },
        {
          id: 'tab.next',
          group,
          title: t('commands.nextTab'),
          Icon: IconChevronRight,
          keys: 'Alt+PageDown',
          run: () => keeper.step(1),
        },
        {
          id: 'tab.previous',
          group,
          title: t('commands.previousTab'),
          Icon: IconChevronLeft,
          keys: 'Alt+PageUp',
          run: () => keeper.step(-1),
        },
      ]
    }, [t, history, keeper]),
  )
}

const backButton = 3
const forwardButton = 4

/** The side buttons of a mouse, which the desktop app has to hear itself; and a middle or Ctrl click on a link opens a tab. */
function useMouseButtons(): void {
  const { history } = useRouter()
  useEffect(() => {
    const listening = new AbortController()
    const { signal } = listening
    const onSide = (event: MouseEvent) => {
      if (event.button !== backButton && event.button !== forwardButton) return
      // Else a browser goes back too.
      event.preventDefault()
      if (event.type !== 'mouseup') return
      if (event.button === backButton) history.back()
      else history.forward()
    }
    const onLink = (event: MouseEvent) => {
      const isMiddle = event.type === 'auxclick' && event.button === 1
      const isWithKey = event.type === 'click' && (event.ctrlKey || event.metaKey)
      const path = isMiddle || isWithKey ? pathOfLink(event.target) : null
      if (path === null) return
      event.preventDefault()
      event.stopPropagation()
      openInNewTab(path)
    }
    addEventListener('mousedown', onSide, { signal })
    addEventListener('mouseup', onSide, { signal })
    addEventListener('click', onLink, { signal, capture: true })
    addEventListener('auxclick', onLink, { signal, capture: true })
    return () => listening.abort()
  }, [history])
}

/** Where in the app a link leads; null for links elsewhere, and in texts, where they have their own ways. */
function pathOfLink(target: EventTarget | null): string | null {
  const link = target instanceof Element ? target.closest('a[href]') : null
  if (!(link instanceof HTMLAnchorElement) || link.closest('.ProseMirror') !== null) return null
  const url = new URL(link.href)
  const path = url.hash.slice(1).split('?')[0] ?? ''
  return url.origin === location.origin && url.hash.startsWith('#/') && path.startsWith('/') ? path : null
}
