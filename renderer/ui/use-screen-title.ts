import { useEffect } from 'react'

/** Names the window after its screen, for window lists, tabs and screen readers. */
export function useScreenTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Plein' : `${title} – Plein`
    return () => {
      document.title = 'Plein'
    }
  }, [title])
}
