const event = 'plein-new-tab'

/** Opens an address of the app in a tab of its own, behind the present one. */
export function openInNewTab(path: string): void {
  dispatchEvent(new CustomEvent(event, { detail: path }))
}

/** For whoever keeps the tabs. Answers the undo. */
export function onNewTab(open: (path: string) => void): () => void {
  const listener = (heard: Event) => {
    if (heard instanceof CustomEvent && typeof heard.detail === 'string') open(heard.detail)
  }
  addEventListener(event, listener)
  return () => {
    removeEventListener(event, listener)
  }
}
