import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { isEmptyUpdate, mergeInTree } from './update.ts'

describe('merging updates', () => {
  it('says the same as applying them one by one, deletions included', () => {
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    const text = doc.getText('t')
    for (let i = 0; i < 100; i += 1) text.insert(i % 7, `${i} `)
    text.delete(3, 40)
    const merged = new Y.Doc()
    Y.applyUpdate(merged, mergeInTree(updates))
    expect(merged.getText('t').toString()).toBe(text.toString())
    expect(Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(merged))).toBe(true)
  })

  it('gives the empty update for none', () => {
    expect(isEmptyUpdate(mergeInTree([]))).toBe(true)
  })

  it('does not take deletions alone for nothing', () => {
    const doc = new Y.Doc()
    doc.getText('t').insert(0, 'word')
    const before = Y.encodeStateVector(doc)
    doc.getText('t').delete(0, 4)
    expect(isEmptyUpdate(Y.encodeStateAsUpdate(doc, before))).toBe(false)
  })
})
