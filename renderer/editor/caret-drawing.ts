import { personColours } from '../../model/person-colour.ts'
import styles from './editor.module.css'

const names = Object.keys(personColours)
const nameShownMs = 2000

/** A people colour as a stock client understands it. */
export function stockColour(colour: string): string {
  return Object.entries(personColours).find(([name]) => name === colour)?.[1] ?? personColours.slate
}

/** The CSS colour of somebody's caret; presence is untrusted, so only known names and hexadecimal colours pass. */
export function personColour(user: unknown, client: number): string {
  const { colour, color } = readUser(user)
  if (names.includes(colour)) return `var(--p-${colour})`
  if (/^#[0-9a-f]{6}$/i.test(color)) return color
  return `var(--p-${names[client % names.length] ?? 'slate'})`
}

/** One person's caret: a bar of two pixels, with the name beside the end of the line for two seconds after it moved. */
export class CaretDrawing {
  readonly element: HTMLElement
  #timer: ReturnType<typeof setTimeout> | null = null
  #key = ''

  constructor() {
    this.element = document.createElement('span')
    this.element.className = styles['caret'] ?? ''
    this.element.setAttribute('aria-hidden', 'true')
  }

  update(user: unknown, client: number, key: string): void {
    // Drawn by the style sheet, so that the text of a page is never mixed with names.
    this.element.dataset['name'] = readUser(user).name
    this.element.style.setProperty('--caret-colour', personColour(user, client))
    if (key === this.#key) {
      // Who writes in the middle of a line keeps one position, while the end of that line moves.
      if (this.element.dataset['moved'] !== undefined) requestAnimationFrame(this.#placeName)
      return
    }
    this.#key = key
    this.element.dataset['moved'] = ''
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#timer = null
      delete this.element.dataset['moved']
    }, nameShownMs)
    // Measuring makes the browser lay the page out: once per frame and caret, never while somebody's key is being answered.
    requestAnimationFrame(this.#placeName)
  }

  /** Moves the name to the right of everything that stands on the caret's line. */
  readonly #placeName = (): void => {
    if (!this.element.isConnected) return
    const block = this.element.parentElement?.closest('p, h1, h2, h3, pre')
    const { top, bottom, left } = this.element.getBoundingClientRect()
    if (block === null || block === undefined || bottom === top) return
    const rest = document.createRange()
    rest.setStartAfter(this.element)
    rest.setEnd(block, block.childNodes.length)
    let lineEnd = left
    for (const rect of rest.getClientRects()) {
      if (rect.top < bottom && rect.bottom > top) lineEnd = Math.max(lineEnd, rect.right)
    }
    this.element.style.setProperty('--name-offset', `${Math.round(lineEnd - left) + 2}px`)
  }

  destroy(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }
}

function readUser(user: unknown): { readonly name: string; readonly colour: string; readonly color: string } {
  const given: Partial<Record<string, unknown>> = typeof user === 'object' && user !== null ? { ...user } : {}
  const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 80) : '')
  return { name: text(given['name']), colour: text(given['colour']), color: text(given['color']) }
}
