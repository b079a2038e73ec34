// The index of the app in a worker of the bench: what the app's own worker does with it, asked over messages too.
import { mustParseId, type OrganisationId, type SpaceId } from '../../../../model/ids.ts'
import type { SearchEntry, SearchIndex } from '../../../../model/search/search-index.ts'
import { openIndex } from '../../../../renderer/search/open-index.ts'
import { warmUp } from '../../../../renderer/search/warm-up.ts'
import { searchPage } from '../search-pages.mjs'

const organisationId = mustParseId<OrganisationId>('b'.repeat(26))
const spaceId = mustParseId<SpaceId>('s'.repeat(26))
const batch = 25
const nowMs = 1_800_000_000_000

let index: SearchIndex | null = null
let warming: Promise<void> = Promise.resolve()

async function nextTurn(): Promise<boolean> {
  await new Promise((resolve) => {
    setTimeout(resolve)
  })
  return true
}

async function fill(pages: number): Promise<number> {
  index = await openIndex(organisationId, { fresh: true })
  for (let from = 0; from < pages; from += batch) {
    const put = Array.from({ length: batch }, (_, place) => entryOf(from + place))
    index.write({ put, remove: [], archivedBySpace: [], mark: 'full' })
  }
  return index.count
}

function entryOf(number: number): SearchEntry {
  const { id, title, text } = searchPage(number)
  return {
    ...{ id, title, text, spaceId, type: 'page', kind: 'wiki', ownerId: null, archived: false },
    pageId: mustParseId(id),
    changedAtMs: nowMs - number * 3_600_000,
  }
}

async function ask(text: string): Promise<number> {
  if (index === null) {
    index = await openIndex(organisationId, { fresh: false })
    // As the app does when its index is open.
    warming = warmUp(index, nextTurn)
  }
  return index.find({ text, filter: {}, limit: 20, nowMs }).length
}

addEventListener(
  'message',
  ({ data }: MessageEvent<{ readonly fill?: number; readonly ask?: string; readonly rest?: true }>) => {
    if (data.rest === true) {
      void warming.then(() => postMessage(0))
      return
    }
    const answer = data.fill === undefined ? ask(data.ask ?? '') : fill(data.fill)
    void answer.then((value) => postMessage(value))
  },
)
