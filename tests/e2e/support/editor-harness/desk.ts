import { Editor } from '@tiptap/core'
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { origins } from '../../../../model/origins.ts'
import type { EditorMode, EditorUser } from '../../../../renderer/editor/editor-host.ts'
import { DeskSurroundings } from './desk-surroundings.ts'
import { editRandomly, randomFrom } from './random-edits.ts'

export interface DeskSide {
  readonly name: string
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly user: EditorUser
  readonly mode: EditorMode
  readonly schemaVersion: number | null
  readonly width: number
  readonly isMounted: boolean
}

interface DeskSnapshot {
  readonly sides: readonly DeskSide[]
  readonly language: string
}

/** The table at which the two sit: joins and parts their documents, and answers the questions of tests. */
class Desk {
  readonly Y = Y
  readonly unknown: unknown[] = []
  readonly opened: string[] = []
  readonly images: string[] = []
  readonly around = new DeskSurroundings()
  isConnected = true
  #snapshot: DeskSnapshot
  readonly #listeners = new Set<() => void>()

  constructor(parameters: URLSearchParams) {
    const shared = { mode: parameters.get('mode') === 'read-only' ? 'read-only' : 'edit', isMounted: true } as const
    const schemaVersion = parameters.has('schema') ? Number(parameters.get('schema')) : null
    const width = Number(parameters.get('width') ?? 480)
    const sides = [
      { name: 'left', user: { name: 'Noor', colour: 'delft' } },
      { name: 'right', user: { name: 'Sem', colour: 'brick' } },
    ].map((side): DeskSide => {
      const doc = new Y.Doc()
      return { ...side, ...shared, doc, awareness: new Awareness(doc), schemaVersion, width }
    })
    this.#snapshot = {
      sides: parameters.get('sides') === '1' ? sides.slice(0, 1) : sides,
      language: parameters.get('language') ?? 'en',
    }
    this.#join(sides)
  }

  readonly snapshot = (): DeskSnapshot => this.#snapshot

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange)
    return () => this.#listeners.delete(onChange)
  }

  readonly noteUnknown = (unknown: unknown): void => {
    this.unknown.push(unknown)
  }

  readonly noteOpened = (href: string): void => {
    this.opened.push(href)
  }

  readonly keepImage = (image: File): Promise<{ readonly file: string }> => {
    this.images.push(image.name)
    return Promise.resolve({ file: 'a'.repeat(64) })
  }

  readonly fileUrl = (): Promise<string> =>
    Promise.resolve('data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7')

  doc(name: string): Y.Doc {
    const side = this.#snapshot.sides.find((one) => one.name === name)
    if (side === undefined) throw new Error(`Nobody sits at the ${name}`)
    return side.doc
  }

  /** Everything in a side's document, as bytes in hexadecimal: state and, apart, what was deleted. */
  fingerprint(name: string): { readonly state: string; readonly deleted: string } {
    const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    const doc = this.doc(name)
    const { ds } = Y.snapshot(doc)
    return { state: hex(Y.encodeStateAsUpdate(doc)), deleted: hex(Y.encodeSnapshot(new Y.Snapshot(ds, new Map()))) }
  }

  xml(name: string): string {
    return this.doc(name).getXmlFragment('body').toString()
  }

  update(change: Partial<DeskSide>, name?: string): void {
    const sides = this.#snapshot.sides.map((side) =>
      name === undefined || side.name === name ? { ...side, ...change } : side,
    )
    this.#snapshot = { ...this.#snapshot, sides }
    for (const listener of this.#listeners) listener()
  }

  part(): void {
    this.isConnected = false
  }

  meet(): void {
    this.isConnected = true
    const docs = this.#snapshot.sides.map(({ doc }) => doc)
    for (const from of docs)
      for (const to of docs) if (from !== to) Y.applyUpdate(to, Y.encodeStateAsUpdate(from), origins.remote)
  }

  /** What the editor of a side shows, as JSON. */
  shown(name: string): unknown {
    return this.#editor(name).getJSON()
  }

  /** The line with the caret as the editor of a side has heard of it, with a bar where the caret stands. */
  caret(name: string): string {
    const { $head } = this.#editor(name).state.selection
    const words = $head.parent.textContent
    return `${words.slice(0, $head.parentOffset)}|${words.slice($head.parentOffset)}`
  }

  /** Plays random edits on both sides, joined and parted by chance, and joins them in the end. */
  playRandomly(seed: number, count: number) {
    const random = randomFrom(seed)
    for (let edit = 0; edit < count; edit++) {
      if (random() < 0.05) this.part()
      if (random() < 0.05) this.meet()
      editRandomly(this.#editor(random() < 0.5 ? 'left' : 'right'), random)
    }
    this.meet()
    return {
      left: this.shown('left'),
      right: this.shown('right'),
      leftXml: this.xml('left'),
      rightXml: this.xml('right'),
      unknown: this.unknown.length,
    }
  }

  #editor(name: string): Editor {
    const dom = document.querySelector(`section[aria-label="${name}"] .ProseMirror`)
    const editor: unknown = dom === null ? null : Reflect.get(dom, 'editor')
    if (editor instanceof Editor) return editor
    throw new Error(`No editor at the ${name}: it met ${JSON.stringify(this.unknown)}`)
  }

  #join(sides: readonly DeskSide[]): void {
    for (const from of sides) {
      const others = sides.filter((side) => side !== from)
      from.doc.on('update', (update: Uint8Array, origin: unknown) => {
        if (!this.isConnected || origin === origins.remote) return
        for (const { doc } of others) Y.applyUpdate(doc, update, origins.remote)
      })
      from.awareness.on('update', ({ added, updated, removed }: Record<string, number[]>, origin: unknown) => {
        if (!this.isConnected || origin === origins.remote) return
        const update = encodeAwarenessUpdate(from.awareness, [...(added ?? []), ...(updated ?? []), ...(removed ?? [])])
        for (const { awareness } of others) applyAwarenessUpdate(awareness, update, origins.remote)
      })
    }
  }
}

export type { Desk }
export const desk = new Desk(new URLSearchParams(location.search))

declare global {
  interface Window {
    desk: Desk
  }
}
window.desk = desk
