/** The tabs of a window, as plain values: which addresses are open, and which one is shown. */

export interface Tab {
  readonly id: number
  /** The address in the app, such as `/page/…`. */
  readonly path: string
}

export interface Tabs {
  readonly tabs: readonly Tab[]
  readonly activeId: number
  /** Closed ones, the last closed last, with the place where they stood. */
  readonly closed: readonly { readonly path: string; readonly place: number }[]
}

/** More cannot be told apart; who opens another one loses the first that is not shown. */
const mostTabs = 12
const mostClosed = 20
export const homePath = '/'

export function oneTab(path: string): Tabs {
  return { tabs: [{ id: 1, path }], activeId: 1, closed: [] }
}

/** The shown tab is at another address now. */
export function withAddress(state: Tabs, path: string): Tabs {
  const shown = state.tabs.find(({ id }) => id === state.activeId)
  if (shown === undefined || shown.path === path) return state
  return { ...state, tabs: state.tabs.map((tab) => (tab === shown ? { ...tab, path } : tab)) }
}

/** A new tab after the shown one; shown itself where `show` says so. */
export function withNewTab(state: Tabs, path: string, show: boolean): Tabs {
  const id = Math.max(0, ...state.tabs.map((tab) => tab.id)) + 1
  const place = state.tabs.findIndex((tab) => tab.id === state.activeId) + 1
  const activeId = show ? id : state.activeId
  const tabs = state.tabs.toSpliced(place, 0, { id, path })
  const spare = tabs.length > mostTabs ? tabs.find((tab) => tab.id !== activeId && tab.id !== id) : undefined
  return { ...state, tabs: tabs.filter((tab) => tab !== spare), activeId }
}

/** Its neighbour is shown then; the last tab leaves the start screen behind. */
export function withoutTab(state: Tabs, id: number): Tabs {
  const place = state.tabs.findIndex((tab) => tab.id === id)
  const gone = state.tabs[place]
  if (gone === undefined) return state
  const closed = [...state.closed, { path: gone.path, place }].slice(-mostClosed)
  const tabs = state.tabs.toSpliced(place, 1)
  if (tabs.length === 0) return { ...oneTab(homePath), closed }
  const neighbour = tabs[Math.min(place, tabs.length - 1)]
  return { tabs, activeId: state.activeId === id ? (neighbour?.id ?? state.activeId) : state.activeId, closed }
}

export function withReopened(state: Tabs): Tabs {
  const last = state.closed.at(-1)
  if (last === undefined) return state
  const id = Math.max(...state.tabs.map((tab) => tab.id)) + 1
  const tabs = state.tabs.toSpliced(Math.min(last.place, state.tabs.length), 0, { id, path: last.path })
  return { tabs, activeId: id, closed: state.closed.slice(0, -1) }
}

/** To another place in the row; beyond its ends it stays at the end. */
export function withMoved(state: Tabs, id: number, to: number): Tabs {
  const from = state.tabs.findIndex((tab) => tab.id === id)
  const moved = state.tabs[from]
  const place = Math.min(Math.max(to, 0), state.tabs.length - 1)
  if (moved === undefined || place === from) return state
  return { ...state, tabs: state.tabs.toSpliced(from, 1).toSpliced(place, 0, moved) }
}

export function withShown(state: Tabs, id: number): Tabs {
  return state.activeId === id || !state.tabs.some((tab) => tab.id === id) ? state : { ...state, activeId: id }
}

/** The tab beside the shown one, around the end. */
export function neighbourOf(state: Tabs, step: 1 | -1): number {
  const place = state.tabs.findIndex((tab) => tab.id === state.activeId)
  const { length } = state.tabs
  return state.tabs[(place + step + length) % length]?.id ?? state.activeId
}

export function formatTabs({ tabs, activeId }: Tabs): string {
  return JSON.stringify({ paths: tabs.map(({ path }) => path), shown: tabs.findIndex(({ id }) => id === activeId) })
}

/** The tabs that were kept, with the address of the window shown in one of them: in its own where it has one. */
export function parseTabs(stored: string | null, path: string): Tabs {
  const paths = pathsIn(stored)
  const place = paths.indexOf(path)
  const all = place === -1 ? [...paths, path] : paths
  const tabs = all.slice(-mostTabs).map((each, index) => ({ id: index + 1, path: each }))
  const shown = tabs.find((tab) => tab.path === path)
  return { tabs, activeId: shown?.id ?? 1, closed: [] }
}

function pathsIn(stored: string | null): readonly string[] {
  try {
    const paths: unknown = Reflect.get(Object(JSON.parse(stored ?? '{}')), 'paths')
    const all: readonly unknown[] = Array.isArray(paths) ? paths : []
    return all.filter((path) => typeof path === 'string').filter((path) => path.startsWith('/'))
  } catch {
    // Somebody else wrote there: as if nothing was kept.
    return []
  }
}
