import { type RouterHistory, useRouter } from '@tanstack/react-router'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { onNewTab } from '../../ui/new-tab.ts'
import { readStored, writeStored } from '../../ui/use-stored.ts'
import {
  formatTabs,
  homePath,
  neighbourOf,
  parseTabs,
  withAddress,
  withMoved,
  withNewTab,
  withoutTab,
  withReopened,
  withShown,
  type Tabs,
} from './tabs.ts'

/** The tabs of this window, kept on this laptop; verbs go through the router, so that back and forward know of them. */
export function useTabs(organisationId: string) {
  const { history } = useRouter()
  const keeper = useMemo(() => new TabKeeper(history, organisationId), [history, organisationId])
  useEffect(() => keeper.follow(), [keeper])
  useEffect(() => onNewTab((path) => keeper.open(path, false)), [keeper])
  const state = useSyncExternalStore(keeper.subscribe, keeper.snapshot)
  return { state, keeper }
}

/** Which tab each place in the history of the window was in: going back shows it again. */
export class TabKeeper {
  readonly #history: RouterHistory
  readonly #key: string
  readonly #listeners = new Set<() => void>()
  readonly #tabOfPlace = new Map<number, number>()
  #state: Tabs
  #last = 0

  constructor(history: RouterHistory, organisationId: string) {
    this.#history = history
    this.#key = `plein.tab-paths.${organisationId}`
    this.#state = parseTabs(readStored(this.#key), this.#path())
  }

  readonly snapshot = (): Tabs => this.#state

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange)
    return () => {
      this.#listeners.delete(onChange)
    }
  }

  /** Follows the address of the window until the answered function is called. */
  follow(): () => void {
    this.#heard(this.#place(), 'REPLACE')
    return this.#history.subscribe(({ action }) => this.#heard(this.#place(), action.type))
  }

  get canGoForward(): boolean {
    return this.#place() < this.#last
  }

  show(id: number): void {
    this.#change(withShown(this.#state, id))
    this.#goToShown()
  }

  open(path: string, show: boolean): void {
    this.#change(withNewTab(this.#state, path, show))
    if (show) this.#goToShown()
  }

  readonly openNew = () => this.open(homePath, true)

  close(id: number): void {
    this.#change(withoutTab(this.#state, id))
    this.#goToShown()
  }

  readonly closeShown = () => this.close(this.#state.activeId)

  readonly reopen = () => {
    this.#change(withReopened(this.#state))
    this.#goToShown()
  }

  move(id: number, to: number): void {
    this.#change(withMoved(this.#state, id, to))
  }

  step(step: 1 | -1): void {
    this.show(neighbourOf(this.#state, step))
  }

  #heard(place: number, action: string): void {
    if (action === 'PUSH') this.#last = place
    else this.#last = Math.max(this.#last, place)
    const isTravel = action === 'BACK' || action === 'FORWARD' || action === 'GO'
    const tab = isTravel ? this.#tabOfPlace.get(place) : undefined
    const shown = tab === undefined ? this.#state : withShown(this.#state, tab)
    const next = withAddress(shown, this.#path())
    this.#tabOfPlace.set(place, next.activeId)
    this.#change(next)
  }

  #goToShown(): void {
    const shown = this.#state.tabs.find(({ id }) => id === this.#state.activeId)
    if (shown !== undefined && shown.path !== this.#path()) this.#history.push(shown.path)
    else this.#tabOfPlace.set(this.#place(), this.#state.activeId)
  }

  #change(state: Tabs): void {
    const isSame = state === this.#state
    this.#state = state
    if (!isSame) writeStored(this.#key, formatTabs(state))
    for (const listener of [...this.#listeners]) listener()
  }

  #path(): string {
    return this.#history.location.pathname
  }

  #place(): number {
    const index: unknown = Reflect.get(this.#history.location.state, '__TSR_index')
    return typeof index === 'number' ? index : 0
  }
}
