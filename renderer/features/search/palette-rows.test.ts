import { describe, expect, it } from 'vitest'
import { mustParseId, type PageId, type SpaceId } from '../../../model/ids.ts'
import { newPageId, rowAfterWait, rowOnEnter, type PaletteRow } from './palette-rows.ts'

const command: PaletteRow = {
  type: 'command',
  id: newPageId,
  command: { id: newPageId, group: 'make', title: 'New page “zout”', run: () => undefined },
}
const ids = { id: mustParseId<PageId>('p'.repeat(26)), spaceId: mustParseId<SpaceId>('s'.repeat(26)) }
const summary = { kind: 'wiki', icon: null, archived: false, held: true, waitingChanges: 0, changedAtMs: 0 } as const
const listed = { page: { ...summary, ...ids, title: 'Zout' }, spaceName: 'Ruimte' }
const page: PaletteRow = { type: 'page', id: ids.id, listed, title: [], snippet: [], excerpt: [] }

describe('rowOnEnter', () => {
  it('waits for the answer before it makes a page', () => {
    expect(rowOnEnter([command], { chosenId: null, known: 'titles' })).toBe('wait')
    expect(rowOnEnter([], { chosenId: null, known: 'titles' })).toBe('wait')
    expect(rowOnEnter([command], { chosenId: null, known: 'all' })).toBe(command)
    expect(rowOnEnter([page, command], { chosenId: null, known: 'all' })).toBe(page)
  })

  it('waits for what the index has not taken in, or the server has not said, only before it makes a page', () => {
    expect(rowOnEnter([command], { chosenId: null, known: 'index' })).toBe('wait')
    expect(rowOnEnter([], { chosenId: null, known: 'index' })).toBe('wait')
    const another: PaletteRow = { ...command, id: 'go.home' }
    expect(rowOnEnter([another, command], { chosenId: null, known: 'index' })).toBe(another)
  })

  it('takes a page with that title and what was chosen at once', () => {
    expect(rowOnEnter([page, command], { chosenId: null, known: 'titles' })).toBe(page)
    expect(rowOnEnter([page, command], { chosenId: command.id, known: 'titles' })).toBe(command)
  })

  it('does nothing where nothing was found', () => {
    expect(rowOnEnter([], { chosenId: null, known: 'all' })).toBeUndefined()
  })
})

describe('rowAfterWait', () => {
  it('opens what was found meanwhile, also on the server, rather than making a page', () => {
    expect(rowAfterWait([command, page], { chosenId: null, known: 'all', shown: [command] })).toBe(page)
    expect(rowAfterWait([command, page], { chosenId: null, known: 'index', shown: [command] })).toBe('wait')
  })

  it('makes the page where nothing was found, or where one saw what there is', () => {
    expect(rowAfterWait([command], { chosenId: null, known: 'all', shown: [command] })).toBe(command)
    expect(rowAfterWait([command, page], { chosenId: null, known: 'all', shown: [command, page] })).toBe(command)
  })
})
