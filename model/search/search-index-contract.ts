import { mustParseId, type PageId, type PersonId, type SpaceId } from '../ids.ts'
import type { IndexBatch, SearchEntry, SearchFilter, SearchIndex } from './search-index.ts'

export interface IndexCase {
  readonly title: string
  readonly run: (index: SearchIndex) => void
}

const id = (letter: string) => letter.repeat(26)
const space = mustParseId<SpaceId>(id('s'))
const otherSpace = mustParseId<SpaceId>(id('o'))
const nowMs = 1_700_000_000_000

function page(letter: string, title: string, text: string, more: Partial<SearchEntry> = {}): SearchEntry {
  return {
    id: id(letter),
    type: 'page',
    pageId: mustParseId<PageId>(id(letter)),
    spaceId: space,
    kind: 'wiki',
    ownerId: null,
    ...{ title, text, changedAtMs: nowMs, archived: false },
    ...more,
  }
}

function batch(put: readonly SearchEntry[], more: Partial<IndexBatch> = {}): IndexBatch {
  return { put, remove: [], archivedBySpace: [], mark: 'm', ...more }
}

function found(index: SearchIndex, text: string, filter: SearchFilter = {}): string {
  const hits = index.find({ text, filter, limit: 20, nowMs })
  return hits.map((hit) => hit.id.charAt(0)).join('')
}

function sorted(text: string): string {
  return [...text].toSorted().join('')
}

function equal(is: unknown, should: unknown): void {
  const [one, other] = [JSON.stringify(is), JSON.stringify(should)]
  if (one !== other) throw new Error(`${one} is not ${other}`)
}

const bridge = page('a', 'Draaiboek gladheid', 'Het zout gaat altijd eerst naar de brug bij de Lage Zijde.')
const deck = page(
  'b',
  'Beton en zout: wat mag op een brugdek?',
  'Gebruik pekel, geen korrels, op de drie houten bruggen.',
)
const stock = page('c', 'Opslag', 'De zoutvoorraad ligt bij de coördinator. Kinderen spelen onder de kastanjebomen.')

/** Run on every index: throwing is failing. */
export const searchIndexContract: readonly IndexCase[] = [
  {
    title: 'tells some of its words',
    run: (index) => {
      equal(index.someWords(3), [])
      index.write(batch([page('a', 'Zout', 'op de brug'), page('b', 'Gladheid', 'op de weg')]))
      const words = index.someWords(99)
      equal(['zout', 'op', 'de', 'brug', 'gladheid', 'weg'].filter((word) => !words.includes(word)).join(' '), '')
      equal(index.someWords(2).length, 2)
    },
  },
  {
    title: 'finds pages that hold every word, by their beginning too',
    run(index) {
      index.write(batch([bridge, deck, stock]))
      equal(sorted(found(index, 'zout brug')), 'ab')
      equal(found(index, 'pek'), 'b')
      equal(found(index, 'zout fiets'), '')
      equal(found(index, '   '), '')
    },
  },
  {
    title: 'finds words without their accents, in capitals, and with accents that the text lacks',
    run(index) {
      index.write(batch([stock]))
      for (const text of ['coordinator', 'COÖRDINATOR', 'coördinat', 'kínderen']) equal(found(index, text), 'c')
    },
  },
  {
    title: 'finds other forms of a word',
    run(index) {
      index.write(batch([bridge, deck, stock]))
      equal(sorted(found(index, 'bruggen')), 'ab')
      equal(found(index, 'kastanjeboom'), 'c')
    },
  },
  {
    title: 'finds the later parts of compounds, in other forms too',
    run(index) {
      index.write(batch([bridge, stock]))
      for (const text of ['voorraad', 'voorra', 'bomen', 'boom']) equal(found(index, text), 'c')
    },
  },
  {
    title: 'puts a title that is the question first',
    run(index) {
      index.write(batch([bridge, stock, page('d', 'Zout', 'Over pekel.')]))
      equal(found(index, 'zout').charAt(0), 'd')
    },
  },
  {
    title: 'puts the newer of two equal pages first',
    run(index) {
      const old = page('e', 'Een', 'winterdienst', { changedAtMs: nowMs - 1e11 })
      index.write(batch([old, page('f', 'Twee', 'winterdienst')]))
      equal(found(index, 'winterdienst'), 'fe')
    },
  },
  {
    title: 'marks what was found, in the title and in a piece of the text',
    run(index) {
      index.write(batch([deck]))
      const [hit] = index.find({ text: 'brug', filter: {}, limit: 1, nowMs })
      const marks = (parts: readonly { text: string; hit: boolean }[] = []) =>
        parts.filter((part) => part.hit).map((part) => part.text)
      equal(marks(hit?.title), ['brug'])
      equal(marks(hit?.snippet), ['brug'])
      equal(hit?.title.map(({ text }) => text).join(''), deck.title)
    },
  },
  {
    title: 'takes words between quotation marks as they stand',
    run(index) {
      index.write(batch([bridge, page('g', 'Zijde', 'De zijde is lage kwaliteit.')]))
      equal(found(index, '"lage zijde"'), 'a')
      equal(found(index, '„Lage Zijde” zout'), 'a')
    },
  },
  {
    title: 'forgets what was removed and what a page said before',
    run(index) {
      index.write(batch([bridge, deck]))
      index.write(batch([page('a', 'Draaiboek gladheid', 'Nu met pekel.')], { remove: [deck.id] }))
      equal(found(index, 'zijde'), '')
      equal(found(index, 'pekel'), 'a')
      equal(found(index, 'korrels'), '')
      equal(index.count, 1)
    },
  },
  {
    title: 'hides what is archived, by itself or by the tree, and finds it when asked',
    run(index) {
      index.write(
        batch([{ ...bridge, archived: true }, deck, stock], { archivedBySpace: [{ spaceId: space, ids: [deck.id] }] }),
      )
      equal(found(index, 'zout'), 'c')
      equal(sorted(found(index, 'zout', { archived: true })), 'ab')
      index.write(batch([bridge], { archivedBySpace: [{ spaceId: space, ids: [] }] }))
      equal(sorted(found(index, 'zout')), 'abc')
    },
  },
  {
    title: 'filters by space, kind, person and time',
    run(index) {
      const ownerId = mustParseId<PersonId>(id('p'))
      const old = nowMs - 1000
      index.write(
        batch([bridge, page('h', 'Notitie', 'zout', { kind: 'note', spaceId: otherSpace, ownerId, changedAtMs: old })]),
      )
      equal(found(index, 'zout', { spaceIds: [otherSpace] }), 'h')
      equal(found(index, 'zout', { spaceIds: [] }), '')
      equal(found(index, 'zout', { kinds: ['wiki'] }), 'a')
      equal(found(index, 'zout', { ownerId }), 'h')
      equal(found(index, 'zout', { changedAfterMs: nowMs }), 'a')
      equal(found(index, 'zout', { types: ['comment'] }), '')
    },
  },
  {
    title: 'takes signs that mean something to a database as nothing',
    run(index) {
      index.write(batch([bridge]))
      for (const text of [
        'zout"',
        'zout*',
        "zout'; DROP",
        '(zout',
        'zout AND',
        'NEAR(zout)',
        '-zout',
        'title:zout',
        '^zout',
      ]) {
        index.find({ text, filter: {}, limit: 5, nowMs })
      }
      equal(found(index, '(zout*'), 'a')
      equal(found(index, '☃ 🧂'), '')
    },
  },
  {
    title: 'asks common words only where there is nothing else',
    run(index) {
      index.write(batch([bridge, page('i', 'Brug', 'over water')]))
      equal(sorted(found(index, 'de brug')), 'ai')
      equal(found(index, 'de'), 'a')
    },
  },
  {
    title: 'finds what was said about a page, until it is taken back or the page goes',
    run(index) {
      const thread = (letter: string, text: string) =>
        ({ ...bridge, id: id(letter), type: 'comment', title: '', text }) as const
      const comments = (...entries: readonly SearchEntry[]) => [{ pageId: mustParseId<PageId>(bridge.id), entries }]
      index.write(
        batch([bridge, deck], {
          comments: comments(thread('x', 'Is strooien nodig?'), thread('y', 'Ja, elke nacht.')),
        }),
      )
      equal(found(index, 'strooien'), 'x')
      equal(found(index, 'nacht', { types: ['comment'] }), 'y')
      equal(found(index, 'nacht', { types: ['page'] }), '')
      equal([index.ids('page').length, index.ids('comment').length], [2, 2])
      index.write(batch([], { comments: comments(thread('y', 'Nee.')) }))
      equal([found(index, 'strooien'), found(index, 'nacht'), found(index, 'nee')], ['', '', 'y'])
      index.write(batch([], { archivedBySpace: [{ spaceId: space, ids: [bridge.id] }] }))
      equal([found(index, 'nee'), found(index, 'nee', { archived: true })], ['', 'y'])
      index.write(batch([], { remove: [bridge.id] }))
      equal(index.ids('comment'), [])
    },
  },
  {
    title: 'finds a file by the words of its name',
    run(index) {
      const file = {
        ...bridge,
        id: 'file',
        type: 'file',
        pageId: null,
        kind: null,
        title: 'Strooiroutes-2026.pdf',
        text: '',
      } as const
      index.write(batch([file]))
      equal(found(index, 'strooiroutes'), 'f')
      equal(found(index, 'pdf 2026', { types: ['file'] }), 'f')
    },
  },
  {
    title: 'remembers the mark and the ids of the last batch',
    run(index) {
      equal([index.mark, index.count], [null, 0])
      index.write(batch([bridge, deck], { mark: '7:9' }))
      equal([index.mark, index.ids('page').toSorted()], ['7:9', [bridge.id, deck.id]])
    },
  },
]
