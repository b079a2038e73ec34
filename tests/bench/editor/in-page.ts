import type * as Yjs from 'yjs'

// What Playwright hands to the page, the same for both sides. Each function stands alone: nothing outside it exists over there.

interface BenchWindow {
  readonly bench: {
    readonly Y: typeof Yjs
    readonly doc: Yjs.Doc
    readonly fragmentName: string
    readonly remoteOrigin: unknown
  }
  keyTimes: number[]
}

/** Times every key from here on: keydown, the first change of the page that it makes, and the frame that shows it. */
export function listenToKeys(): void {
  const times: number[] = []
  Object.assign(window, { keyTimes: times })
  const editor = document.querySelector('.ProseMirror')
  if (editor === null) throw new Error('There is no editor')
  let start: number | null = null
  addEventListener('keydown', () => (start = performance.now()), true)
  new MutationObserver(() => {
    if (start === null) return
    const began = start
    start = null
    requestAnimationFrame(() => {
      // This message is handled when the frame's style, layout and paint are done.
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', () => times.push(performance.now() - began))
      port1.start()
      port2.postMessage(null)
    })
  }).observe(editor, { subtree: true, childList: true, characterData: true })
}

export function takeKeyTimes(): number[] {
  return (window as unknown as BenchWindow).keyTimes
}

export function countKeyTimes(): number {
  return (window as unknown as BenchWindow).keyTimes.length
}

export function isKeyTimed(seen: number): boolean {
  return (window as unknown as BenchWindow).keyTimes.length > seen
}

/** Scrolls to a block; answers the middle of its first line. */
export function placeOf(block: number): { readonly x: number; readonly y: number } {
  const element = document.querySelector('.ProseMirror')?.children[block]
  if (element === undefined) throw new Error(`There is no block ${block}`)
  element.scrollIntoView({ block: 'center' })
  const { left, width, top } = element.getBoundingClientRect()
  return { x: left + width / 2, y: top + 12 }
}

/** Somebody else types letters in a block; answers how long each took to apply, and to be rendered. */
export async function receiveRemote({
  place,
  count,
}: {
  readonly place: number
  readonly count: number
}): Promise<{ readonly applied: number; readonly rendered: number }[]> {
  const { Y, doc, fragmentName, remoteOrigin } = (window as unknown as BenchWindow).bench
  const nextTask = () =>
    new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', () => resolve())
      port1.start()
      port2.postMessage(null)
    })
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  const block = other.getXmlFragment(fragmentName).get(place)
  const text = block instanceof Y.XmlElement ? block.get(0) : null
  if (!(text instanceof Y.XmlText)) throw new Error(`There is no text in block ${place}`)
  const updates: Uint8Array[] = []
  other.on('update', (update: Uint8Array) => updates.push(update))
  for (let letter = 0; letter < count; letter += 1) text.insert(20 + letter, 'e')
  const times: { applied: number; rendered: number }[] = []
  for (const update of updates) {
    await new Promise((resolve) => setTimeout(resolve, 60))
    const start = performance.now()
    Y.applyUpdate(doc, update, remoteOrigin)
    const applied = performance.now() - start
    await new Promise((resolve) => requestAnimationFrame(resolve))
    await nextTask()
    times.push({ applied, rendered: performance.now() - start })
  }
  const shown = document.querySelector('.ProseMirror')?.children[place]?.textContent
  if (shown !== text.toString()) throw new Error('The editor does not show what was received')
  return times
}
