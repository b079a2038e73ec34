import { describe, expect, it } from 'vitest'
import { mustParseId, type PageId, type SpaceId } from '../../../model/ids.ts'
import { rowOnEnter, type PaletteRow } from './palette-rows.ts'

const command: PaletteRow = {
  type: 'command',
  id: 'page.new-from-query',
  command: { id: 'page.new-from-query', group: 'make', title: 'New page “zout”', run: () => undefined },
}
const ids = { id: mustParseId<PageId>('p'.repeat(26)), spaceId: mustParseId<SpaceId>('s'.repeat(26)) }
const summary = { kind: 'wiki', icon: null, archived: false, held: true, waitingChanges: 0, changedAtMs: 0 } as const
const listed = { page: { ...summary, ...ids, title: 'Zout' }, spaceName: 'Ruimte' }
const page: PaletteRow = { type: 'page', id: ids.id, listed, title: [], snippet: [], excerpt: [] }

describe('rowOnEnter', () => {
  it('waits for the answer before it makes a page', () => {
    expect(rowOnEnter([command], { chosenId: null, isAnswered: false })).toBe('wait')
    expect(rowOnEnter([], { chosenId: null, isAnswered: false })).toBe('wait')
    expect(rowOnEnter([command], { chosenId: null, isAnswered: true })).toBe(command)
    expect(rowOnEnter([page, command], { chosenId: null, isAnswered: true })).toBe(page)
  })

  it('takes a page with that title and what was chosen at once', () => {
    expect(rowOnEnter([page, command], { chosenId: null, isAnswered: false })).toBe(page)
    expect(rowOnEnter([page, command], { chosenId: command.id, isAnswered: false })).toBe(command)
  })

  it('does nothing where nothing was found', () => {
    expect(rowOnEnter([], { chosenId: null, isAnswered: true })).toBeUndefined()
  })
})
