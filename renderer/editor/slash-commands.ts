import type { ChainedCommands, Editor, Range } from '@tiptap/core'
import { slashBlocks } from './editor-texts.ts'
import { openToggle } from './toggle.ts'
import type { EditorTexts, SlashBlock } from './editor-texts.ts'

/** The blocks that a query finds: by title first, then by other words, without regard to case or accents. */
export function findBlocks(
  query: string,
  texts: EditorTexts,
  can: { readonly image: boolean; readonly file: boolean },
): readonly SlashBlock[] {
  const wanted = fold(query)
  const ranked = slashBlocks
    .filter((block) => (block !== 'image' || can.image) && (block !== 'file' || can.file))
    .map((block) => ({ block, rank: rankOf(wanted, texts.blocks[block]) }))
    .filter(({ rank }) => rank < 3)
  return ranked.toSorted((one, other) => one.rank - other.rank).map(({ block }) => block)
}

function rankOf(wanted: string, { title, words }: EditorTexts['blocks'][SlashBlock]): number {
  const name = fold(title)
  if (name.startsWith(wanted)) return 0
  if (words.some((word) => fold(word).startsWith(wanted))) return 1
  return name.includes(wanted) ? 2 : 3
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, '')
}

/** Takes the typed query away and puts the block there, as one step for undo. */
export function insertBlock(editor: Editor, range: Range, block: WrittenBlock): void {
  const chain = editor.chain().focus().deleteRange(range)
  // A list of another kind becomes this one; without it the new list would begin inside the old one's item.
  const isOtherList =
    listKinds.some((kind) => kind !== block && editor.isActive(kind)) && listKinds.some((kind) => kind === block)
  addBlock(isOtherList ? chain.clearNodes() : chain, block).run()
  if (block === 'toggle') openToggle(editor)
}

/** Blocks that need no file. */
export type WrittenBlock = Exclude<SlashBlock, 'image' | 'file'>

/** Makes the selected blocks of another kind. */
export function turnInto(editor: Editor, block: WrittenBlock): void {
  addBlock(editor.chain().focus().clearNodes(), block).run()
  if (block === 'toggle') openToggle(editor)
}

const listKinds: readonly string[] = ['bulletList', 'orderedList', 'taskList']

function addBlock(chain: ChainedCommands, block: WrittenBlock): ChainedCommands {
  switch (block) {
    case 'text':
      return chain.clearNodes()
    case 'heading1':
      return chain.setHeading({ level: 1 })
    case 'heading2':
      return chain.setHeading({ level: 2 })
    case 'heading3':
      return chain.setHeading({ level: 3 })
    case 'bulletList':
      return chain.toggleBulletList()
    case 'orderedList':
      return chain.toggleOrderedList()
    case 'taskList':
      return chain.toggleTaskList()
    case 'table':
      return chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true })
    case 'quote':
      return chain.toggleBlockquote()
    case 'codeBlock':
      return chain.setCodeBlock()
    case 'callout':
      return chain.setCallout('note')
    case 'warning':
      return chain.setCallout('warning')
    case 'toggle':
      return chain.setDetails()
    case 'rule':
      return chain.setHorizontalRule()
  }
}
