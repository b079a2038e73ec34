import type { Blockquote, Paragraph, PhrasingContent, RootContent, Text } from 'mdast'
import type { CalloutKind } from '../page-content.ts'

/** GitHub's five alerts; a page has two kinds. */
const kinds: Readonly<Record<string, CalloutKind>> = {
  note: 'note',
  tip: 'note',
  important: 'note',
  warning: 'warning',
  caution: 'warning',
}

const marker = /^\[!(note|tip|important|warning|caution)\][ \t]*(?:\n|$)/i

export interface ReadCallout {
  readonly kind: CalloutKind
  readonly children: readonly RootContent[]
}

/** A quote that is an alert (`> [!NOTE]`): its kind, and its content without the marker; null for any other quote. */
export function readCallout({ children }: Blockquote, source: string): ReadCallout | null {
  const [first, ...others] = children
  if (first?.type !== 'paragraph') return null
  const [start, ...behind] = first.children
  const found = start?.type === 'text' && !isEscaped(start, source) ? marker.exec(start.value) : null
  if (start?.type !== 'text' || found === null || !endsLine(found[0], behind[0])) return null
  const rest = restOf(first, start.value.slice(found[0].length), behind)
  return { kind: kinds[found[1]?.toLowerCase() ?? ''] ?? 'note', children: [...rest, ...others] }
}

/** `\[!NOTE]` is the words themselves, which the tree no longer tells apart. */
function isEscaped({ position }: Text, source: string): boolean {
  const offset = position?.start.offset
  return offset !== undefined && !source.startsWith('[!', offset)
}

function endsLine(found: string, next: PhrasingContent | undefined): boolean {
  return found.endsWith('\n') || next === undefined || next.type === 'break'
}

function restOf(paragraph: Paragraph, text: string, behind: readonly PhrasingContent[]): Paragraph[] {
  const inline = behind[0]?.type === 'break' && text === '' ? behind.slice(1) : behind
  const children: PhrasingContent[] = text === '' ? [...inline] : [{ type: 'text', value: text }, ...inline]
  return children.length === 0 ? [] : [{ ...paragraph, children }]
}
