import { parseFileEntryId, type FoundFile } from '../../../model/search/file-entry.ts'
import type { SearchHit } from '../../../model/search/search-index.ts'
import type { SnippetPart } from '../../../model/search/snippet.ts'
import type { PersonCard } from '../../documents/people.ts'
import type { ListedPage } from '../../documents/use-pages.ts'
import type { Command } from '../../ui/commands.ts'
import { answers, matchTitles } from './match-titles.ts'

/** The command that makes a page of what was typed. */
export const newPageId = 'page.new-from-query'

/** One line of the palette. */
export type PaletteRow =
  | {
      readonly type: 'page'
      readonly id: string
      readonly listed: ListedPage
      readonly title: readonly SnippetPart[]
      readonly snippet: readonly SnippetPart[]
      readonly excerpt: readonly SnippetPart[]
    }
  /** What was said about a page. */
  | { readonly type: 'comment'; readonly id: string; readonly listed: ListedPage; readonly hit: SearchHit }
  | { readonly type: 'file'; readonly id: string; readonly file: FoundFile; readonly hit: SearchHit }
  | { readonly type: 'person'; readonly id: string; readonly person: PersonCard }
  | { readonly type: 'command'; readonly id: string; readonly command: Command }

export interface PaletteSection {
  readonly name: 'recent' | 'pages' | 'comments' | 'files' | 'people' | 'do' | 'elsewhere'
  readonly rows: readonly PaletteRow[]
}

const mostByTitle = 5
const mostPages = 8
const mostPeople = 3
const mostComments = 3
const mostFiles = 3
const mostCommands = 6
/** What is offered before anything is typed. */
const firstCommands = 3

export interface PaletteParts {
  readonly query: string
  readonly pages: readonly ListedPage[]
  readonly hits: readonly SearchHit[]
  /** What the server found on pages that are not on this laptop; it comes later than all else. */
  readonly elsewhere: readonly SearchHit[]
  readonly people: readonly PersonCard[]
  readonly commands: readonly Command[]
  /** Offered after everything else that one can do. */
  readonly last: Command | null
}

/** What the palette shows for what was typed: pages by title at once, then by their text, people, and what one can do. */
export function paletteSections(parts: PaletteParts): readonly PaletteSection[] {
  const { query, people, commands, last } = parts
  const isAsked = query.trim() !== ''
  const named = isAsked ? people.filter(({ name }) => answers(name, query)) : []
  const offered = commands.filter(({ isKeysOnly }) => isKeysOnly !== true)
  const able = isAsked
    ? offered.filter(({ title, words = '' }) => answers(`${title} ${words}`, query)).slice(0, mostCommands)
    : offered.slice(0, firstCommands)
  const found = isAsked ? pageRows(parts) : parts.pages.slice(0, mostPages).map(plainRow)
  const sections: readonly PaletteSection[] = [
    {
      name: isAsked ? 'pages' : 'recent',
      rows: found,
    },
    { name: 'comments', rows: isAsked ? commentRows(parts).slice(0, mostComments) : [] },
    { name: 'files', rows: isAsked ? parts.hits.flatMap(fileRow).slice(0, mostFiles) : [] },
    {
      name: 'people',
      rows: named.slice(0, mostPeople).map((person) => ({ type: 'person', id: `person-${person.id}`, person })),
    },
    {
      name: 'do',
      rows: [...able, ...(last === null ? [] : [last])].map((command) => ({
        type: 'command',
        id: command.id,
        command,
      })),
    },
    // Last, for it comes last: nothing that one is about to choose moves away.
    { name: 'elsewhere', rows: isAsked ? rowsElsewhere(parts, found) : [] },
  ]
  return sections.filter(({ rows }) => rows.length > 0)
}

/** How sure what is shown is for what stands in the field: `all` when nothing that came a moment ago or waits on the server is missing. */
export type Known = 'titles' | 'index' | 'all'

/**
 * What Enter means: the row that was chosen, else the first. Before the question in the field is answered the first may become another one:
 * then it must wait. Titles are known at once and stay first; a new page is made only when there is surely nothing to open.
 */
export function rowOnEnter(
  rows: readonly PaletteRow[],
  { chosenId, known }: { readonly chosenId: string | null; readonly known: Known },
): PaletteRow | 'wait' | undefined {
  const chosen = rows.find(({ id }) => id === chosenId)
  if (chosen !== undefined) return chosen
  const [first] = rows
  if (known === 'all' || first?.type === 'page') return first
  return known === 'titles' || first === undefined || first.id === newPageId ? 'wait' : first
}

/**
 * What an Enter that waited means now: as `rowOnEnter`, but a page that was not shown when it was pressed, wherever it was found, goes
 * before making a new one.
 */
export function rowAfterWait(
  rows: readonly PaletteRow[],
  {
    chosenId,
    known,
    shown,
  }: { readonly chosenId: string | null; readonly known: Known; readonly shown: readonly PaletteRow[] },
): PaletteRow | 'wait' | undefined {
  const row = rowOnEnter(rows, { chosenId, known })
  if (row === 'wait' || row?.id !== newPageId || chosenId === newPageId) return row
  return rows.find(({ type, id }) => type === 'page' && !shown.some((before) => before.id === id)) ?? row
}

function commentRows({ pages, hits }: PaletteParts): readonly PaletteRow[] {
  const listed = new Map<string, ListedPage>(pages.map((each) => [each.page.id, each]))
  return hits.flatMap((hit) => {
    const page = hit.type === 'comment' && hit.pageId !== null ? listed.get(hit.pageId) : undefined
    return page === undefined ? [] : [{ type: 'comment', id: hit.id, listed: page, hit }]
  })
}

function fileRow(hit: SearchHit): readonly PaletteRow[] {
  const file = hit.type === 'file' ? parseFileEntryId(hit.id) : undefined
  return file === undefined ? [] : [{ type: 'file', id: hit.id, file, hit }]
}

/** A page that is shown by its title already only gets its words there. */
function rowsElsewhere({ pages, elsewhere }: PaletteParts, shown: readonly PaletteRow[]): readonly PaletteRow[] {
  const known = new Set(shown.map(({ id }) => id))
  const listed = new Map(pages.map((each) => [each.page.id as string, each]))
  const others = elsewhere.filter(({ id }) => !known.has(id))
  return others.slice(0, mostPages).flatMap((hit) => {
    const each = listed.get(hit.id)
    return each === undefined ? [] : [rowOf(each, hit)]
  })
}

function pageRows({ query, pages, hits, elsewhere }: PaletteParts): readonly PaletteRow[] {
  const listed = new Map(pages.map((each) => [each.page.id as string, each]))
  const byId = new Map([...elsewhere, ...hits].map((hit) => [hit.id, hit]))
  const byTitle = matchTitles(pages, query).slice(0, mostByTitle)
  const shown = new Set(byTitle.map(({ page }) => page.id as string))
  const others = hits.filter(({ id }) => !shown.has(id))
  return [
    ...byTitle.map((each) => rowOf(each, byId.get(each.page.id))),
    ...others.flatMap((hit) => {
      const each = listed.get(hit.id)
      return each === undefined ? [] : [rowOf(each, hit)]
    }),
  ].slice(0, mostPages)
}

function rowOf(listed: ListedPage, hit: SearchHit | undefined): PaletteRow {
  if (hit === undefined) return plainRow(listed)
  const { title, snippet, excerpt } = hit
  return { type: 'page', id: listed.page.id, listed, title, snippet, excerpt }
}

function plainRow(listed: ListedPage): PaletteRow {
  const title = listed.page.title === '' ? [] : [{ text: listed.page.title, hit: false }]
  return { type: 'page', id: listed.page.id, listed, title, snippet: [], excerpt: [] }
}
