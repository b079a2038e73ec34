import { Modal, type ModalProps } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

type DialogProps = Omit<ModalProps, 'opened' | 'closeButtonProps'>

/**
 * A dialog, open for as long as it stands. It has the focus at once: Mantine gives it a moment later, and what is typed in between would go
 * to what lies behind. When it goes, the focus is back where it was.
 */
export function Dialog({ children, ...props }: DialogProps) {
  const { t } = useTranslation()
  useFocusReturn()
  return (
    <Modal opened closeButtonProps={{ 'aria-label': t('common.close') }} {...props}>
      <div ref={focusFirst} style={{ display: 'contents' }}>
        {children}
      </div>
    </Modal>
  )
}

function focusFirst(dialog: HTMLElement | null): void {
  dialog?.querySelector<HTMLElement>('[data-autofocus]')?.focus({ preventScroll: true })
}

function useFocusReturn(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      // Whoever closed it may have put the focus elsewhere.
      const isNowhere = document.activeElement === null || document.activeElement === document.body
      if (isNowhere && before instanceof HTMLElement) before.focus({ preventScroll: true })
    },
    [before],
  )
}
