import type { Mark, Node, Schema } from '@tiptap/pm/model'
import type { updateYFragment } from 'y-prosemirror'
import * as Y from 'yjs'
import { markNameOf } from '../../model/page-schema-guard.ts'
import type { UnknownContent } from '../../model/page-schema-guard.ts'

/** Which editor node shows which Yjs type; `updateYFragment` compares by identity in it, so it must never hold a stale node. */
export type PageMapping = Parameters<typeof updateYFragment>[3]['mapping']

/** The blocks of a page, and the first thing that could not be shown whole. */
export interface BuiltPage {
  readonly blocks: readonly Node[]
  /** Not null: something with content would be missing from `blocks`. Nobody may edit on the strength of them. */
  readonly misfit: UnknownContent | null
}

/**
 * Builds editor nodes from the body, taking from `mapping` what has not changed. Unlike y-prosemirror's own builder it
 * never writes to the document: that one deletes whatever the schema refuses. What cannot be shown is reported instead,
 * save for elements without any content, such as a list whose last items two people removed: those are left out.
 */
export function buildPage(fragment: Y.XmlFragment, schema: Schema, mapping: PageMapping): BuiltPage {
  const builder = new PageBuilder(schema, mapping)
  const blocks: Node[] = []
  for (const child of fragment.toArray()) {
    const block = builder.block(child)
    if (block !== null) blocks.push(block)
  }
  return { blocks, misfit: builder.misfit }
}

class PageBuilder {
  misfit: UnknownContent | null = null
  readonly #schema: Schema
  readonly #mapping: PageMapping

  constructor(schema: Schema, mapping: PageMapping) {
    this.#schema = schema
    this.#mapping = mapping
  }

  block(type: unknown): Node | null {
    if (!(type instanceof Y.XmlElement)) return this.#refuse('type', 'text')
    const known = this.#mapping.get(type)
    if (known !== undefined && !Array.isArray(known)) return known
    const node = this.#element(type)
    if (node !== null) this.#mapping.set(type, node)
    return node
  }

  #element(element: Y.XmlElement): Node | null {
    const type = this.#schema.nodes[element.nodeName]
    if (type === undefined) return this.#refuse('node', element.nodeName)
    const attributes: Record<string, unknown> = element.getAttributes()
    for (const name of Object.keys(attributes)) {
      if (!(name in (type.spec.attrs ?? {})) && name !== 'ychange') this.#refuse('attribute', `${type.name}.${name}`)
    }
    const children = element
      .toArray()
      .flatMap((child) => (child instanceof Y.XmlText ? this.#text(child) : (this.block(child) ?? [])))
    try {
      return type.createChecked(attributes, children)
    } catch {
      // The content does not fit, as after two people took the last rows of a table. An empty shell may go; text never.
      return this.#hasContent(element) ? this.#refuse('type', type.name) : null
    }
  }

  #text(text: Y.XmlText): Node[] {
    const nodes: Node[] = []
    for (const { insert, attributes } of text.toDelta() as readonly DeltaPart[]) {
      if (typeof insert !== 'string') {
        this.#refuse('type', 'embed')
        continue
      }
      nodes.push(this.#schema.text(insert, this.#marks(attributes ?? {})))
    }
    this.#mapping.set(text, nodes)
    return nodes
  }

  #marks(attributes: Readonly<Record<string, unknown>>): Mark[] {
    return Object.entries(attributes).flatMap(([key, value]) => {
      const name = markNameOf(key)
      const type = this.#schema.marks[name]
      if (type === undefined) return this.#refuse('mark', name) ?? []
      const given = isRecord(value) ? value : {}
      for (const attribute of Object.keys(given)) {
        if (!(attribute in (type.spec.attrs ?? {}))) this.#refuse('attribute', `${name}.${attribute}`)
      }
      return [type.create(given)]
    })
  }

  /** Text, or an element that stands for something by itself: an image, a line, whatever is not known. */
  #hasContent(element: Y.XmlElement): boolean {
    return element.toArray().some((child) => {
      if (child instanceof Y.XmlText) return child.length > 0
      if (!(child instanceof Y.XmlElement)) return true
      if (child.length > 0) return this.#hasContent(child)
      return child.nodeName !== 'hardBreak' && (this.#schema.nodes[child.nodeName]?.isLeaf ?? true)
    })
  }

  #refuse(kind: UnknownContent['kind'], name: string): null {
    this.misfit ??= { kind, name }
    return null
  }
}

interface DeltaPart {
  readonly insert?: unknown
  readonly attributes?: Readonly<Record<string, unknown>>
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
