import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorState } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import type { EditorView } from '@tiptap/pm/view'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { CaretDrawing, personColour } from './caret-drawing.ts'
import { isFromDocument } from './page-binding.ts'
import type { PageBinding } from './page-binding.ts'
import { readSelection } from './read-selection.ts'

/** Carets of others change often and matter little: telling them every keystroke apart is work for everybody's machine. */
const tellAfterMs = 40

const caretsKey = new PluginKey<DecorationSet>('carets')

/** Shows where others are, and tells them where this person is. Nothing of it is ever stored. */
export function carets(binding: PageBinding, awareness: Awareness): Extension {
  const drawings = new Map<number, CaretDrawing>()
  return Extension.create({
    name: 'carets',
    addProseMirrorPlugins() {
      return [
        new Plugin({
          key: caretsKey,
          state: {
            init: (_config, state) => decorate(state, binding, awareness, drawings),
            apply: (transaction, before, _old, state) =>
              isFromDocument(transaction) || transaction.getMeta(caretsKey) === true
                ? decorate(state, binding, awareness, drawings)
                : before.map(transaction.mapping, transaction.doc),
          },
          props: { decorations: (state) => caretsKey.getState(state) },
          view: (view) => watch(view, binding, awareness, drawings),
        }),
      ]
    },
  })
}

function watch(view: EditorView, binding: PageBinding, awareness: Awareness, drawings: Map<number, CaretDrawing>) {
  const teller = new CaretTeller(view, binding, awareness)
  let redraw: ReturnType<typeof setTimeout> | null = null
  const onChange = ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', readonly number[]>) => {
    if ([...added, ...updated, ...removed].every((client) => client === binding.doc.clientID) || redraw !== null) return
    redraw = setTimeout(() => {
      redraw = null
      readSelection(view)
      view.dispatch(view.state.tr.setMeta(caretsKey, true).setMeta('addToHistory', false))
    })
  }
  awareness.on('change', onChange)
  return {
    update: (_view: EditorView, before: EditorState) => {
      if (!view.state.selection.eq(before.selection) || view.state.doc !== before.doc) teller.tellSoon()
    },
    destroy: () => {
      awareness.off('change', onChange)
      if (redraw !== null) clearTimeout(redraw)
      teller.destroy()
      for (const drawing of drawings.values()) drawing.destroy()
    },
  }
}

function decorate(
  state: EditorState,
  binding: PageBinding,
  awareness: Awareness,
  drawings: Map<number, CaretDrawing>,
): DecorationSet {
  const decorations: Decoration[] = []
  const seen = new Set<number>()
  for (const [client, presence] of awareness.getStates()) {
    if (client === binding.doc.clientID) continue
    const cursor = readCursor(presence['cursor'], binding, state.doc.content.size)
    if (cursor === null) continue
    const drawing = drawings.get(client) ?? new CaretDrawing()
    drawings.set(client, drawing)
    seen.add(client)
    drawing.update(presence['user'], client, cursor.key)
    decorations.push(
      Decoration.widget(cursor.head, drawing.element, { key: `caret-${client}`, side: 10, ignoreSelection: true }),
    )
    if (cursor.anchor === cursor.head) continue
    const colour = personColour(presence['user'], client)
    const style = `background-color: color-mix(in srgb, ${colour} 20%, transparent)`
    decorations.push(
      Decoration.inline(Math.min(cursor.anchor, cursor.head), Math.max(cursor.anchor, cursor.head), { style }),
    )
  }
  for (const [client, drawing] of drawings) {
    if (seen.has(client)) continue
    drawing.destroy()
    drawings.delete(client)
  }
  return DecorationSet.create(state.doc, decorations)
}

/** Presence comes from others: anything may be in it. */
function readCursor(
  cursor: unknown,
  binding: PageBinding,
  size: number,
): { readonly anchor: number; readonly head: number; readonly key: string } | null {
  if (typeof cursor !== 'object' || cursor === null || !('anchor' in cursor) || !('head' in cursor)) return null
  try {
    const anchor = binding.absolutePosition(Y.createRelativePositionFromJSON(cursor.anchor))
    const head = binding.absolutePosition(Y.createRelativePositionFromJSON(cursor.head))
    if (anchor === null || head === null) return null
    const clamp = (position: number) => Math.min(Math.max(position, 0), Math.max(size - 1, 0))
    return { anchor: clamp(anchor), head: clamp(head), key: JSON.stringify(cursor) }
  } catch {
    // A malformed position of somebody else's client: that caret is not drawn.
    return null
  }
}

/** Puts this person's caret into awareness, off the path of the key. */
class CaretTeller {
  readonly #view: EditorView
  readonly #binding: PageBinding
  readonly #awareness: Awareness
  #timer: ReturnType<typeof setTimeout> | null = null
  #isTold = false

  constructor(view: EditorView, binding: PageBinding, awareness: Awareness) {
    this.#view = view
    this.#binding = binding
    this.#awareness = awareness
    view.dom.addEventListener('focus', this.tellSoon)
    view.dom.addEventListener('blur', this.tellSoon)
  }

  readonly tellSoon = (): void => {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.#tell()
    }, tellAfterMs)
  }

  destroy(): void {
    this.#view.dom.removeEventListener('focus', this.tellSoon)
    this.#view.dom.removeEventListener('blur', this.tellSoon)
    if (this.#timer !== null) clearTimeout(this.#timer)
    if (this.#isTold) this.#awareness.setLocalStateField('cursor', null)
  }

  #tell(): void {
    if (this.#view.hasFocus()) {
      const { anchor, head } = this.#binding.relativeSelection(this.#view.state)
      this.#awareness.setLocalStateField('cursor', {
        anchor: Y.relativePositionToJSON(anchor),
        head: Y.relativePositionToJSON(head),
      })
      this.#isTold = true
    } else if (this.#isTold) {
      this.#awareness.setLocalStateField('cursor', null)
      this.#isTold = false
    }
  }
}
