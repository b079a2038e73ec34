import * as Y from 'yjs'

/** What all shared types have; which events they have does not matter here. */
interface SharedType {
  readonly _map: ReadonlyMap<string, Y.Item>
  readonly _start: Y.Item | null
}

/**
 * What a document says, without how it came to say it: every root with its visible content, in order, keys sorted. Two
 * documents that show the same to every reader have the same description. Needs no types, because a server that merges
 * bytes does not know which root is a map and which is text.
 */
export function describeDocument(doc: Y.Doc): string {
  const roots = [...doc.share].sort(([a], [b]) => (a < b ? -1 : 1))
  const parts: string[] = []
  for (const [name, type] of roots) {
    const described = describeType(type)
    // A root that nobody wrote in exists only because somebody asked for it.
    if (described !== '{}[]') parts.push(`${JSON.stringify(name)}:${described}`)
  }
  return parts.join('\n')
}

function describeType(type: SharedType): string {
  const keys = [...type._map].filter(([, item]) => !item.deleted).sort(([a], [b]) => (a < b ? -1 : 1))
  const values = keys.map(([key, item]) => `${JSON.stringify(key)}:${describeContent(item.content)}`)
  return `{${values.join(',')}}[${describeChildren(type).join(',')}]`
}

/** Neighbouring texts are joined: where a text was cut into structs says nothing. */
function describeChildren(type: SharedType): readonly string[] {
  const children: string[] = []
  let text = ''
  const endText = () => {
    if (text !== '') children.push(JSON.stringify(text))
    text = ''
  }
  for (let item = type._start; item !== null; item = item.right) {
    if (item.deleted) continue
    if (item.content instanceof Y.ContentString) text += item.content.str
    else {
      endText()
      children.push(describeContent(item.content))
    }
  }
  endText()
  return children
}

function describeContent(content: Y.Item['content']): string {
  if (content instanceof Y.ContentType) {
    const { type } = content
    const name = type instanceof Y.XmlElement ? type.nodeName : ''
    return `${type.constructor.name}<${name}>${describeType(type)}`
  }
  if (content instanceof Y.ContentString) return JSON.stringify(content.str)
  if (content instanceof Y.ContentFormat) return `format ${content.key} ${JSON.stringify(content.value)}`
  return JSON.stringify(content.getContent(), plain) ?? ''
}

/** JSON for what JSON has no word for. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `bigint ${value}`
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('base64')}`
  return value === undefined ? 'undefined' : value
}
