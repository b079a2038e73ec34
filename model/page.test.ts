import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { cleanTitle, openPage, titleMaxLength } from './page.ts'
import { seedClientId, seedOf } from './seeds.ts'

describe('page', () => {
  it('keeps the same snapshot until something changes', () => {
    const page = openPage(new Y.Doc())
    const before = page.snapshot()
    page.rename('Ice')
    page.rename('Ice')
    expect(before.title).toBe('')
    expect(page.snapshot()).toBe(page.snapshot())
    expect(page.snapshot().title).toBe('Ice')
  })

  it('writes nothing where a title is what it was', () => {
    const doc = new Y.Doc()
    const page = openPage(doc)
    page.rename('Ice')
    const state = Y.encodeStateVector(doc)
    page.rename(' Ice ')
    expect(Y.encodeStateVector(doc)).toEqual(state)
  })

  it('reads what is no title, icon or label as none', () => {
    const doc = new Y.Doc()
    const meta = doc.getMap('meta')
    meta.set('title', { toString: 'x' })
    meta.set('icon', 'x'.repeat(5000))
    meta.set('labels', ['winter', 7, null])
    meta.set('archived', 'yes')
    expect(openPage(doc).snapshot()).toEqual({ title: '', icon: null, labels: ['winter'], archived: false })
  })

  it('keeps titles to one line of at most 300 characters', () => {
    expect(cleanTitle('  one\n\ttwo\u2028three ')).toBe('one two three')
    expect(cleanTitle('x'.repeat(1000))).toHaveLength(titleMaxLength)
  })
})

describe('seed', () => {
  it('is the same bytes each time, so that two devices never double a page', () => {
    expect(seedOf('page', 'wiki')).toEqual(seedOf('page', 'wiki'))
    const doc = new Y.Doc()
    Y.applyUpdate(doc, seedOf('page', 'note'))
    Y.applyUpdate(doc, seedOf('page', 'note'))
    expect(doc.getMap('meta').toJSON()).toEqual({ kind: 'note' })
    expect([...Y.decodeStateVector(Y.encodeStateVector(doc)).keys()]).toEqual([seedClientId])
  })

  it('differs by kind', () => {
    expect(seedOf('page', 'wiki')).not.toEqual(seedOf('page', 'note'))
    expect(seedOf('space', null)).not.toEqual(seedOf('page', 'wiki'))
  })
})
