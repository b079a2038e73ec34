import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import type { EditorState } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type { Node } from '@tiptap/pm/model'

export interface OutlineHeading {
  readonly level: number
  readonly words: string
  /** Which of the top-level blocks it is. */
  readonly index: number
}

export interface OutlineSnapshot {
  readonly headings: readonly OutlineHeading[]
  /** The heading under which the caret stands: its place in the list; -1 above the first. */
  readonly current: number
}

/** People read an outline; they do not watch it being typed. */
const afterMs = 300

/** The headings of a page, read off the path of the key and only while somebody looks at them. */
export class Outline {
  #snapshot: OutlineSnapshot = { headings: [], current: -1 }
  readonly #listeners = new Set<() => void>()
  readonly #words = new WeakMap<Node, string>()
  #view: EditorView | null = null
  #timer: ReturnType<typeof setTimeout> | null = null

  readonly snapshot = (): OutlineSnapshot => this.#snapshot

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange)
    this.#readSoon(0)
    return () => {
      this.#listeners.delete(onChange)
    }
  }

  extension(): Extension {
    return Extension.create({
      name: 'outline',
      addProseMirrorPlugins: () => [
        new Plugin({
          view: (view) => {
            this.#view = view
            return {
              update: (_view: EditorView, before: EditorState) => {
                if (
                  this.#listeners.size > 0 &&
                  (view.state.doc !== before.doc || !view.state.selection.eq(before.selection))
                )
                  this.#readSoon(afterMs)
              },
              destroy: () => {
                this.#view = null
                if (this.#timer !== null) clearTimeout(this.#timer)
                this.#timer = null
              },
            }
          },
        }),
      ],
    })
  }

  /** Puts the caret at the start of a heading and shows it at the top. */
  goTo({ index }: OutlineHeading): void {
    const view = this.#view
    if (view === null || index >= view.state.doc.childCount) return
    let position = 0
    for (let before = 0; before < index; before++) position += view.state.doc.child(before).nodeSize
    const element = view.nodeDOM(position)
    if (element instanceof HTMLElement) element.scrollIntoView({ block: 'start' })
  }

  #readSoon(delayMs: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.#read()
    }, delayMs)
  }

  #read(): void {
    if (this.#view === null) return
    const { doc, selection } = this.#view.state
    const headings: OutlineHeading[] = []
    doc.forEach((node, _offset, index) => {
      if (node.type.name === 'heading')
        headings.push({ level: Number(node.attrs['level']), words: this.#wordsOf(node), index })
    })
    const at = selection.$from.index(0)
    const current = headings.findLastIndex(({ index }) => index <= at)
    const next = { headings, current }
    if (JSON.stringify(next) === JSON.stringify(this.#snapshot)) return
    this.#snapshot = next
    for (const listener of this.#listeners) listener()
  }

  #wordsOf(node: Node): string {
    const known = this.#words.get(node)
    if (known !== undefined) return known
    const words = node.textBetween(0, node.content.size, ' ', (leaf) => String(leaf.attrs['label'] ?? '')).trim()
    this.#words.set(node, words)
    return words
  }
}
