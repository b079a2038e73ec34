import { useSyncExternalStore } from 'react'

/** Where the window has room for comments beside the text; as in the style sheets beside this file. */
const wide = () => matchMedia('(min-width: 1280px)')

function subscribe(onChange: () => void): () => void {
  const query = wide()
  query.addEventListener('change', onChange)
  return () => {
    query.removeEventListener('change', onChange)
  }
}

export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => wide().matches)
}
