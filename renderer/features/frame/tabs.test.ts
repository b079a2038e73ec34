import { describe, expect, it } from 'vitest'
import {
  formatTabs,
  neighbourOf,
  oneTab,
  parseTabs,
  withAddress,
  withMoved,
  withNewTab,
  withoutTab,
  withReopened,
  withShown,
  type Tabs,
} from './tabs.ts'

const paths = ({ tabs, activeId }: Tabs) => tabs.map(({ id, path }) => (id === activeId ? `[${path}]` : path)).join(' ')
const three = withNewTab(withNewTab(oneTab('/'), '/a', true), '/b', true)

describe('the tabs of a window', () => {
  it('follow the address in the tab that is shown', () => {
    expect(paths(withAddress(three, '/c'))).toBe('/ /a [/c]')
    expect(withAddress(three, '/b')).toBe(three)
  })

  it('open behind the shown one or in its place', () => {
    expect(paths(withNewTab(withShown(three, 1), '/c', false))).toBe('[/] /c /a /b')
    expect(paths(withNewTab(withShown(three, 1), '/c', true))).toBe('/ [/c] /a /b')
  })

  it('show a neighbour when the shown one is closed, and come back where they stood', () => {
    const two = withoutTab(withShown(three, 2), 2)
    expect(paths(two)).toBe('/ [/b]')
    expect(paths(withReopened(two))).toBe('/ [/a] /b')
    expect(paths(withoutTab(three, 3))).toBe('/ [/a]')
    expect(paths(withoutTab(three, 1))).toBe('/a [/b]')
  })

  it('leave the start screen when the last is closed', () => {
    expect(paths(withoutTab(oneTab('/a'), 1))).toBe('[/]')
    expect(withReopened(oneTab('/a'))).toEqual(oneTab('/a'))
  })

  it('move within the row and not beyond it', () => {
    expect(paths(withMoved(three, 3, 0))).toBe('[/b] / /a')
    expect(paths(withMoved(three, 3, 9))).toBe('/ /a [/b]')
    expect(withMoved(three, 3, 9)).toBe(three)
  })

  it('go round at the ends', () => {
    expect([neighbourOf(three, 1), neighbourOf(three, -1)]).toEqual([1, 2])
  })

  it('never become more than one can tell apart', () => {
    let many = oneTab('/')
    for (let at = 0; at < 30; at += 1) many = withNewTab(many, `/p${at}`, true)
    expect(many.tabs).toHaveLength(12)
    expect(paths(many)).toContain('[/p29]')
  })

  it('come back as they were kept, with the address of the window shown', () => {
    expect(paths(parseTabs(formatTabs(three), '/a'))).toBe('/ [/a] /b')
    expect(paths(parseTabs(formatTabs(three), '/c'))).toBe('/ /a /b [/c]')
    for (const broken of [null, '', '{', '{"paths":7}', '{"paths":["https://x"]}']) {
      expect(paths(parseTabs(broken, '/a'))).toBe('[/a]')
    }
  })
})
