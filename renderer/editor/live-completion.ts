import type { Editor, Extensions, Range } from '@tiptap/core'
import * as Y from 'yjs'
import { parseId } from '../../model/ids.ts'
import type { PageId } from '../../model/ids.ts'
import { choiceMenu } from './choice-menu.ts'
import type { Choice, EditorMenus } from './editor-menus.ts'
import type { EditorTexts } from './editor-texts.ts'
import type { PageBinding } from './page-binding.ts'
import type { PageSurroundings } from './page-surroundings.ts'

/** The choice that makes a page of what was typed. */
const newPage = 'new'

/** `[[` offers pages and a new one, `@` people. */
export function liveCompletion(options: {
  readonly menus: EditorMenus
  readonly texts: EditorTexts
  readonly binding: PageBinding
  readonly around: () => PageSurroundings | undefined
}): Extensions {
  const { menus, texts, binding, around } = options
  return [
    choiceMenu({
      ...{ name: 'pageCompletion', sign: '[[', label: texts.linkToPage, menus, insideWords: true },
      find: (query) => pageChoices(around(), query, texts),
      take: (editor, range, choice) => {
        const id = parseId<PageId>(choice.id)
        if (id !== undefined) insertLive(editor, range, 'pageLink', { page: id, label: choice.title })
        else void createAndLink({ editor, binding, around }, range, choice.title)
      },
    }),
    choiceMenu({
      ...{ name: 'personCompletion', sign: '@', label: texts.mentionPerson, menus, insideWords: false },
      find: (query) => personChoices(around(), query),
      take: (editor, range, choice) => {
        insertLive(editor, range, 'mention', { person: choice.id, label: choice.title })
      },
    }),
  ]
}

function pageChoices(around: PageSurroundings | undefined, query: string, texts: EditorTexts): readonly Choice[] {
  if (around === undefined) return []
  const title = query.trim()
  const pages = around.findPages(title)
  const found = pages.map(({ id, title: words, place }) => ({ id, title: words, about: place, icon: 'page' as const }))
  if (title === '') return found
  const creates = { id: newPage, title, about: texts.createPage(title), icon: 'new' as const }
  return [...found, creates]
}

function personChoices(around: PageSurroundings | undefined, query: string): readonly Choice[] {
  const people = around?.findPeople(query.trim()) ?? []
  return people.map(({ id, name }) => ({ id, title: name, about: '', icon: 'person' as const }))
}

function insertLive(editor: Editor, range: Range, type: string, attrs: Readonly<Record<string, string>>): void {
  editor
    .chain()
    .focus()
    .insertContentAt(range, [
      { type, attrs: { ...attrs } },
      { type: 'text', text: ' ' },
    ])
    .run()
}

interface Maker {
  readonly editor: Editor
  readonly binding: PageBinding
  readonly around: () => PageSurroundings | undefined
}

/** The words stand in the text until the page is there, so that nothing typed is lost where it may not be made. */
async function createAndLink({ editor, binding, around }: Maker, range: Range, title: string): Promise<void> {
  editor.chain().focus().insertContentAt(range, { type: 'text', text: title }).run()
  const [start, end] = [range.from, range.from + title.length].map((at) =>
    Y.relativePositionToJSON(binding.relativePosition(at)),
  )
  const id = (await around()?.createPage(title)) ?? null
  if (id === null || editor.isDestroyed) return
  const from = binding.absolutePosition(Y.createRelativePositionFromJSON(start))
  const to = binding.absolutePosition(Y.createRelativePositionFromJSON(end))
  if (from === null || to === null || editor.state.doc.textBetween(from, to) !== title) return
  insertLive(editor, { from, to }, 'pageLink', { page: id, label: title })
}
