import type { RootContent } from 'mdast'
import { isBalanced } from './html-to-blocks.ts'
import { readHtml } from './html-tokens.ts'

/** A toggle in Markdown: what stands between `<details>` and `</details>`, be it HTML or Markdown. */
export interface DetailsGroup {
  readonly type: 'details'
  /** What stands in its `<summary>`, as HTML; empty without one. */
  readonly summary: string
  readonly children: readonly GroupedContent[]
}

export type GroupedContent = RootContent | DetailsGroup

type Piece = RootContent | { readonly type: 'open' } | { readonly type: 'close' }

const anyTag = /<\/?details[\s>]/i
const tags = /(<details(?:\s[^<>]*)?>|<\/details\s*>)/i

/**
 * Puts what stands between the tags of a toggle under one node. Markdown cuts HTML at empty lines, so a toggle's tags are pieces of
 * their own beside what they hold. A tag without its counterpart is left out, as any tag that means nothing to a page.
 */
export function groupDetails(children: readonly RootContent[]): readonly GroupedContent[] {
  if (!children.some((child) => child.type === 'html' && anyTag.test(child.value))) return children
  const open: GroupedContent[][] = [[]]
  for (const piece of children.flatMap((child) => piecesOf(child))) {
    if (piece.type === 'open') open.push([])
    else if (piece.type !== 'close') open.at(-1)?.push(piece)
    else if (open.length > 1) {
      const inside = open.pop() ?? []
      open.at(-1)?.push(detailsOf(inside))
    }
  }
  return open.flat()
}

function piecesOf(child: RootContent): readonly Piece[] {
  if (child.type !== 'html' || !anyTag.test(child.value) || child.value.includes('<!--')) return [child]
  const parts = child.value.split(tags).filter((part) => part.trim() !== '')
  const pieces = parts.map((value): Piece => {
    if (tags.test(value)) return { type: value.startsWith('</') ? 'close' : 'open' }
    return { type: 'html', value }
  })
  // Inside a list or table in HTML a toggle has no form of its own: its words stay in their place.
  return pieces.every((piece) => piece.type !== 'html' || isBalanced(readHtml(piece.value))) ? pieces : [child]
}

function detailsOf(children: readonly GroupedContent[]): DetailsGroup {
  const [first, ...others] = children
  const found = first?.type === 'html' ? /^\s*<summary(?:\s[^<>]*)?>([^]*?)<\/summary\s*>/i.exec(first.value) : null
  if (first?.type !== 'html' || found === null) return { type: 'details', summary: '', children }
  const rest = first.value.slice(found[0].length)
  const kept = rest.trim() === '' ? [] : [{ ...first, value: rest }]
  return { type: 'details', summary: found[1] ?? '', children: [...kept, ...others] }
}
