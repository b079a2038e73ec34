/** A list that opens at the caret while one types. */
interface OpenList<Item> {
  readonly items: readonly Item[]
  readonly index: number
  readonly choose: (item: Item) => void
}

/** Enter and Tab choose, the arrows go round; answers whether the key was for the list and not for the text. */
export function keyInList<Item>(
  event: KeyboardEvent,
  list: OpenList<Item> | null,
  goTo: (index: number) => void,
): boolean {
  if (list === null || list.items.length === 0 || event.isComposing) return false
  const chosen = list.items[list.index]
  if ((event.key === 'Enter' || event.key === 'Tab') && chosen !== undefined) {
    list.choose(chosen)
    return true
  }
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return false
  goTo((list.index + step + list.items.length) % list.items.length)
  return true
}

/** For the option that is chosen: a list is longer than its place. */
export function scrollIntoView(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' })
}
