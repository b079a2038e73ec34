import * as Y from 'yjs'
import { bodyFragmentName } from '../../model/page-content.ts'
import type { KnownContent } from '../../model/page-content.ts'
import { markNameOf } from '../../model/page-schema-guard.ts'

/** A page's body as plain values, read from the document itself: what an app that does not know everything in it can still show. */
export type ReadOnlyNode = ReadOnlyText | ReadOnlyElement

export interface ReadOnlyText {
  readonly text: string
  readonly marks: readonly { readonly name: string; readonly href: unknown }[]
}

export interface ReadOnlyElement {
  readonly name: string
  /** False: made with a newer version; its words are shown without its form. */
  readonly isKnown: boolean
  readonly attributes: Readonly<Record<string, unknown>>
  readonly children: readonly ReadOnlyNode[]
}

/** Reads without writing or binding. What is not text or element, such as an embed, counts as an unknown element without words. */
export function readBlocks(doc: Y.Doc, known: KnownContent): readonly ReadOnlyNode[] {
  return childrenOf(doc.getXmlFragment(bodyFragmentName), known)
}

function childrenOf(parent: Y.XmlFragment, known: KnownContent): readonly ReadOnlyNode[] {
  return parent.toArray().flatMap((child: unknown): readonly ReadOnlyNode[] => {
    if (child instanceof Y.XmlText) return textsOf(child)
    if (!(child instanceof Y.XmlElement)) return [unknownElement('unknown')]
    const { nodeName: name } = child
    return [
      { name, isKnown: known.nodes.has(name), attributes: child.getAttributes(), children: childrenOf(child, known) },
    ]
  })
}

function textsOf(text: Y.XmlText): readonly ReadOnlyNode[] {
  const parts: readonly { readonly insert?: unknown; readonly attributes?: Readonly<Record<string, unknown>> }[] =
    text.toDelta()
  return parts.map(({ insert, attributes }) => {
    if (typeof insert !== 'string') return unknownElement('embed')
    const marks = Object.entries(attributes ?? {}).map(([key, value]) => ({
      name: markNameOf(key),
      href: hrefOf(value),
    }))
    return { text: insert, marks }
  })
}

function hrefOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'href' in value ? value.href : null
}

function unknownElement(name: string): ReadOnlyElement {
  return { name, isKnown: false, attributes: {}, children: [] }
}
