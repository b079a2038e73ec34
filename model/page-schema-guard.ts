import * as Y from 'yjs'
import { knownContent, pageSchemaVersion, schemaOfAttribute, schemaOfMark, schemaOfNode } from './page-content.ts'
import type { KnownContent } from './page-content.ts'

/**
 * Something in a page that this app cannot show and that an editor binding would delete merely by being attached.
 * `type` is content of a kind no version of the app has written: a hook, an embed, a map, or text outside a block.
 */
export interface UnknownContent {
  readonly kind: 'node' | 'mark' | 'attribute' | 'type'
  /** A node's or mark's name, or `image.href` for an attribute. */
  readonly name: string
}

/** Content as the guard meets it: one name, with the attribute where it is about one. */
interface Met {
  readonly kind: UnknownContent['kind']
  readonly name: string
  readonly attribute?: string
}

/** Any shared type: the guard reads items, not events. */
type AnyType = Y.AbstractType<never> | Y.XmlFragment | Y.ContentType['type']

type Visit = (met: Met) => boolean

/**
 * The first thing in the body that `known` does not hold, null where there is none. Walks the whole body once, without
 * recursion, and changes nothing. Call it before an editor is bound; while the page is open, `unknownInTransaction` is enough.
 */
export function findUnknown(fragment: Y.XmlFragment, known: KnownContent = knownContent): UnknownContent | null {
  let found: UnknownContent | null = null
  walk(fragment, (met) => {
    found = judge(met, known)
    return found === null
  })
  return found
}

/**
 * The first unknown thing among what this transaction added to the body. Costs the number of added items, not the size of the
 * page. Call it from the document's `beforeObserverCalls`, so that a binding can be taken away before it deletes anything.
 */
export function unknownInTransaction(
  transaction: Y.Transaction,
  fragment: Y.XmlFragment,
  known: KnownContent = knownContent,
): UnknownContent | null {
  let found: UnknownContent | null = null
  visitAdded(transaction, fragment, (met) => {
    found = judge(met, known)
    return found === null
  })
  return found
}

/** The lowest schema version that can show the whole body; above `pageSchemaVersion` where it holds what this app does not know. */
export function neededSchema(fragment: Y.XmlFragment): number {
  let needed = 1
  walk(fragment, (met) => {
    needed = Math.max(needed, schemaOf(met))
    return true
  })
  return needed
}

/** The schema that a write declares: what the page needed before, raised by what the transaction added; never lowered. */
export function neededSchemaAfter(before: number, transaction: Y.Transaction, fragment: Y.XmlFragment): number {
  let needed = before
  visitAdded(transaction, fragment, (met) => {
    needed = Math.max(needed, schemaOf(met))
    return true
  })
  return needed
}

function schemaOf(met: Met): number {
  const unknown = judge(met, knownContent)
  if (unknown !== null) return pageSchemaVersion + 1
  const own = met.kind === 'mark' ? schemaOfMark[met.name] : schemaOfNode[met.name]
  const attribute = met.attribute === undefined ? undefined : schemaOfAttribute[`${met.name}.${met.attribute}`]
  return Math.max(own ?? 1, attribute ?? 1)
}

function judge({ kind, name, attribute }: Met, known: KnownContent): UnknownContent | null {
  if (kind === 'type') return { kind, name }
  const attributes = kind === 'mark' ? known.marks.get(name) : known.nodes.get(name)
  if (attributes === undefined) return { kind: kind === 'mark' ? 'mark' : 'node', name }
  if (attribute === undefined || attributes.has(attribute)) return null
  return { kind: 'attribute', name: `${name}.${attribute}` }
}

/** Visits everything that is not deleted; `visit` answers whether to go on. */
function walk(fragment: Y.XmlFragment, visit: Visit): void {
  const waiting: AnyType[] = [fragment]
  for (let type = waiting.pop(); type !== undefined; type = waiting.pop()) {
    for (const item of type._map.values()) if (!item.deleted && !visitItem(item, visit)) return
    for (let item = type._start; item !== null; item = item.right) {
      if (item.deleted) continue
      if (!visitItem(item, visit)) return
      if (item.content instanceof Y.ContentType) waiting.push(item.content.type)
    }
  }
}

function visitAdded(transaction: Y.Transaction, fragment: Y.XmlFragment, visit: Visit): void {
  const { store } = transaction.doc
  for (const [client, end] of transaction.afterState) {
    const start = transaction.beforeState.get(client) ?? 0
    const structs = store.clients.get(client)
    if (start >= end || structs === undefined) continue
    for (let index = Y.findIndexSS(structs, start); index < structs.length; index++) {
      const struct = structs[index]
      if (!(struct instanceof Y.Item) || struct.deleted || !isInside(struct, fragment)) continue
      if (!visitItem(struct, visit)) return
    }
  }
}

function isInside(item: Y.Item, fragment: Y.XmlFragment): boolean {
  for (let type = item.parent; type instanceof Y.AbstractType; type = type._item.parent) {
    if (type === fragment) return true
    if (type._item === null) return false
  }
  return false
}

function visitItem(item: Y.Item, visit: Visit): boolean {
  const { content, parent, parentSub } = item
  if (parentSub !== null) return visitAttribute(parent, parentSub, visit)
  if (content instanceof Y.ContentFormat) return visitFormat(content, visit)
  if (content instanceof Y.ContentString) return parent instanceof Y.XmlText || visit({ kind: 'type', name: 'text' })
  if (!(content instanceof Y.ContentType)) return visit({ kind: 'type', name: content.constructor.name })
  const { type } = content
  if (type instanceof Y.XmlHook) return visit({ kind: 'type', name: 'hook' })
  if (type instanceof Y.XmlElement) return visit({ kind: 'node', name: type.nodeName })
  // y-prosemirror deletes text that stands outside every block, so it counts as something we cannot show.
  if (type instanceof Y.XmlText) return parent instanceof Y.XmlElement || visit({ kind: 'type', name: 'text' })
  return visit({ kind: 'type', name: type.constructor.name })
}

function visitAttribute(parent: Y.Item['parent'], attribute: string, visit: Visit): boolean {
  // `ychange` is y-prosemirror's own note for showing versions; it never reaches the stored page on purpose.
  if (!(parent instanceof Y.XmlElement) || attribute === 'ychange') return true
  return visit({ kind: 'node', name: parent.nodeName, attribute })
}

/** Overlapping marks are stored by y-prosemirror as `name--hash`, eight base64 characters. */
const hashedMark = /^(.*)--[a-zA-Z0-9+/=]{8}$/s

/** The name of a mark from the attribute key that y-prosemirror gave it. */
export function markNameOf(key: string): string {
  return hashedMark.exec(key)?.[1] ?? key
}

function visitFormat({ key, value }: Y.ContentFormat, visit: Visit): boolean {
  // A null value ends a mark and names nothing that is shown.
  if (value === null || key === 'ychange') return true
  const name = markNameOf(key)
  if (!visit({ kind: 'mark', name })) return false
  const attributes = typeof value === 'object' ? Object.keys(value) : []
  return attributes.every((attribute) => visit({ kind: 'mark', name, attribute }))
}
