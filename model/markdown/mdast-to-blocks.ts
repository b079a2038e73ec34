import type {
  Blockquote,
  Definition,
  FootnoteDefinition,
  Image,
  ImageReference,
  Link,
  LinkReference,
  List,
  ListItem,
  Nodes,
  PhrasingContent,
  RootContent,
  Table,
} from 'mdast'
import type { PageNode } from '../page-content.ts'
import * as shapes from './block-shapes.ts'
import { readHtml } from './html-tokens.ts'
import { htmlToBlocks } from './html-to-blocks.ts'
import type { ImportWarnings } from './import-warning.ts'
import { InlineBuilder } from './inline-builder.ts'
import { withMark } from './inline-text.ts'
import type { Marks } from './inline-text.ts'
import { readCallout } from './mdast-callout.ts'
import { groupDetails } from './mdast-details.ts'
import type { DetailsGroup, GroupedContent } from './mdast-details.ts'

/** Turns the syntax tree of one file into blocks of a page. Recursion is bounded by `reading-cost.ts`. */
export class BlockReader {
  readonly #warnings: ImportWarnings
  readonly #definitions = new Map<string, Definition>()
  readonly #footnotes: FootnoteDefinition[] = []
  readonly #used = new Set<string>()
  readonly #source: string
  #depth = 0

  /** `source` is the text that the tree was made of. */
  constructor(warnings: ImportWarnings, source: string) {
    this.#warnings = warnings
    this.#source = source
  }

  /** The whole file; footnotes stand at the end, behind their markers. */
  read(children: readonly RootContent[]): PageNode[] {
    this.#gather(children)
    const blocks = this.#blocks(children)
    const footnotes = this.#footnotes.flatMap((footnote) => this.#footnote(footnote))
    for (const [identifier, { label, url }] of this.#definitions) {
      if (!this.#used.has(identifier)) this.#warnings.add('unused-definition', `[${label ?? identifier}]: ${url}`)
    }
    return [...blocks, ...footnotes]
  }

  /** Definitions count wherever they stand; of two with one name the first wins. */
  #gather(children: readonly RootContent[]): void {
    const waiting: Nodes[] = children.toReversed()
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      if (node.type === 'definition' && !this.#definitions.has(node.identifier)) {
        this.#definitions.set(node.identifier, node)
      }
      if (node.type === 'footnoteDefinition') this.#footnotes.push(node)
      if ('children' in node) for (const child of node.children.toReversed()) waiting.push(child)
    }
  }

  #footnote({ label, identifier, children }: FootnoteDefinition): PageNode[] {
    const marker = `[${label ?? identifier}] `
    const [first, ...others] = this.#blocks(children)
    if (first?.type !== 'paragraph') {
      const rest = first === undefined ? [] : [first]
      return [shapes.paragraph([{ type: 'text', text: marker.trim() }]), ...rest, ...others]
    }
    const inline = new InlineBuilder(this.#warnings)
    inline.text(marker, [])
    inline.add(first.content ?? [])
    return [shapes.paragraph(inline.take()), ...others]
  }

  #blocks(children: readonly GroupedContent[]): PageNode[] {
    // Tags of HTML stand beside each other only before they are put under one node.
    const isGrouped = children.some(({ type }) => type === 'details')
    const grouped = isGrouped ? children : groupDetails(children.filter((child) => child.type !== 'details'))
    return grouped.flatMap((child) => (child.type === 'details' ? this.#details(child) : this.#block(child)))
  }

  #details({ summary, children }: DetailsGroup): PageNode[] {
    const inline = new InlineBuilder(this.#warnings)
    for (const token of readHtml(summary)) inline.html(token, [])
    const heading = inline.take()
    const made = this.#deeper(children, (blocks) => [shapes.details(heading, blocks)])
    const isFlat = made.length !== 1 || made[0]?.type !== 'details'
    return isFlat && heading.length > 0 ? [shapes.paragraph(heading), ...made] : made
  }

  #block(node: RootContent): PageNode[] {
    switch (node.type) {
      case 'paragraph': {
        const content = this.#inline(node.children)
        return content.length > 0 ? [shapes.blockOfInline(content)] : []
      }
      case 'heading':
        return shapes.heading(node.depth, this.#inline(node.children))
      case 'code':
        if (node.meta) this.#warnings.add('code-options', node.meta)
        return [shapes.codeBlock(node.value, node.lang ?? null)]
      case 'yaml':
        return [shapes.codeBlock(node.value, 'yaml')]
      case 'blockquote':
        return this.#quote(node)
      case 'list':
        return this.#list(node)
      case 'table':
        return this.#table(node)
      case 'thematicBreak':
        return [{ type: 'horizontalRule' }]
      case 'html':
        return htmlToBlocks(node.value, this.#warnings)
      case 'definition':
      case 'footnoteDefinition':
        return []
      default:
        return this.#unexpected(node)
    }
  }

  /** Running text where blocks are expected, and nodes of later extensions: their words are kept. */
  #unexpected(node: RootContent): PageNode[] {
    // `toml` is a node of remark-frontmatter that mdast's types do not list.
    if ('value' in node && (node.type as string) === 'toml') return [shapes.codeBlock(node.value, 'toml')]
    const content = this.#inline([node as PhrasingContent])
    return content.length > 0 ? [shapes.paragraph(content)] : []
  }

  #quote(node: Blockquote): PageNode[] {
    const callout = readCallout(node, this.#source)
    if (callout === null) return this.#deeper(node.children, (blocks) => [shapes.blockquote(blocks)])
    return this.#deeper(callout.children, (blocks) => [shapes.callout(callout.kind, blocks)])
  }

  #deeper(children: readonly GroupedContent[], wrap: (blocks: PageNode[]) => PageNode[]): PageNode[] {
    if (this.#depth >= shapes.maxBlockDepth) {
      this.#warnings.add('nesting-flattened', '')
      return this.#blocks(children)
    }
    this.#depth++
    const wrapped = wrap(this.#blocks(children))
    this.#depth--
    return wrapped
  }

  /** A list in which some parts have a box and others not becomes several lists, each of one kind. */
  #list(list: List): PageNode[] {
    if (list.ordered === true && list.children.some((item) => taskOf(item) !== null)) {
      this.#warnings.add('task-numbers', String(list.start ?? 1))
    }
    const first = list.start ?? 1
    const runs: ListRun[] = []
    for (const [index, item] of list.children.entries()) {
      const task = taskOf(item)
      const type = task !== null ? 'taskList' : list.ordered === true ? 'orderedList' : 'bulletList'
      addToRuns(runs, { type, start: first + index, content: [this.#item(item, task)] })
    }
    return runs.flatMap((run) => listOf(run))
  }

  /** A part of a list, or a mere `doc` of its blocks where lists are too deep already. */
  #item(item: ListItem, task: Task | null): PageNode {
    const children = task?.isBare === true ? item.children.slice(1) : item.children
    let isFlat = true
    const made = this.#deeper(children, (blocks) => {
      isFlat = false
      return [task === null ? shapes.listItem(blocks) : shapes.taskItem(task.checked, blocks)]
    })
    return isFlat ? { type: 'doc', content: made } : (made[0] ?? shapes.listItem([]))
  }

  #table({ children, align }: Table): PageNode[] {
    const rows = children.map((row) =>
      row.children.map((cell, column) => ({ content: this.#inline(cell.children), align: align?.[column] ?? null })),
    )
    return shapes.table(rows, true)
  }

  #inline(children: readonly PhrasingContent[]): PageNode[] {
    const inline = new InlineBuilder(this.#warnings)
    this.#phrasing(inline, children, [])
    return inline.take()
  }

  #phrasing(inline: InlineBuilder, children: readonly PhrasingContent[], marks: Marks): void {
    for (const child of children) this.#phrase(inline, child, marks)
  }

  #phrase(inline: InlineBuilder, node: PhrasingContent, marks: Marks): void {
    switch (node.type) {
      case 'text':
        return inline.text(node.value, marks)
      case 'emphasis':
        return this.#phrasing(inline, node.children, withMark(marks, { type: 'italic' }))
      case 'strong':
        return this.#phrasing(inline, node.children, withMark(marks, { type: 'bold' }))
      case 'delete':
        return this.#phrasing(inline, node.children, withMark(marks, { type: 'strike' }))
      case 'inlineCode':
        return inline.text(node.value.replaceAll(/[\r\n]/g, ' '), withMark(marks, { type: 'code' }))
      case 'break':
        return inline.lineBreak()
      case 'link':
      case 'linkReference':
        return this.#link(inline, node, marks)
      case 'image':
      case 'imageReference':
        return this.#image(inline, node, marks)
      case 'footnoteReference':
        return inline.text(`[${node.label ?? node.identifier}]`, marks)
      case 'html':
        for (const token of readHtml(node.value)) inline.html(token, marks)
        return
      default:
        // A node of a later extension: its words are kept.
        if ('children' in node) this.#phrasing(inline, (node as { children: PhrasingContent[] }).children, marks)
        else if ('value' in node) inline.text(String((node as { value: unknown }).value), marks)
    }
  }

  #target(node: Link | LinkReference | Image | ImageReference): { url: string; title: string | null } {
    if ('url' in node) return { url: node.url, title: node.title ?? null }
    const definition = this.#definitions.get(node.identifier)
    this.#used.add(node.identifier)
    return { url: definition?.url ?? '', title: definition?.title ?? null }
  }

  #link(inline: InlineBuilder, node: Link | LinkReference, marks: Marks): void {
    const { url, title } = this.#target(node)
    const link = inline.linkMark(url, title)
    this.#phrasing(inline, node.children, link === null ? marks : withMark(marks, link))
  }

  #image(inline: InlineBuilder, node: Image | ImageReference, marks: Marks): void {
    inline.image({ ...this.#target(node), alt: node.alt ?? '' }, marks)
  }
}

/** Neighbours in a list that are of one kind. */
interface ListRun {
  readonly type: 'bulletList' | 'orderedList' | 'taskList'
  readonly start: number
  readonly content: PageNode[]
}

function addToRuns(runs: ListRun[], run: ListRun): void {
  const last = runs.at(-1)
  const isSame = last?.type === run.type && last.content[0]?.type === run.content[0]?.type
  if (isSame) last.content.push(...run.content)
  else runs.push(run)
}

/** Items that came as a mere `doc` were too deep for a list: their blocks stand by themselves. */
function listOf({ type, start, content }: ListRun): PageNode[] {
  if (content[0]?.type === 'doc') return content.flatMap((item) => item.content ?? [])
  return [{ type, ...(type === 'orderedList' && { attrs: { start } }), content }]
}

interface Task {
  readonly checked: boolean
  /** Nothing stands behind the box, so Markdown took the box itself for the text. */
  readonly isBare: boolean
}

function taskOf(item: ListItem): Task | null {
  if (typeof item.checked === 'boolean') return { checked: item.checked, isBare: false }
  const [first] = item.children
  if (first?.type !== 'paragraph' || first.children.length !== 1) return null
  const [text] = first.children
  if (text?.type !== 'text' || !/^\[[ xX]\]$/.test(text.value)) return null
  return { checked: text.value !== '[ ]', isBare: true }
}
