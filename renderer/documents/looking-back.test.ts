import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { AwayItem } from '../../model/away-review.ts'
import { mintId } from '../../model/ids.ts'
import { origins } from '../../model/origins.ts'
import { readBody, writeBody } from '../../model/page-body.ts'
import { textOf } from '../../model/page-lines.ts'
import { bodyName } from '../../model/page.ts'
import { MemoryLaptopStorage } from '../storage/memory-storage.ts'
import { LiveValue } from './live.ts'
import { localOrganisation, makeLocalSpace } from './local-organisation.ts'
import type { OpenDocument } from './open-documents.ts'
import type { OpenOrganisation } from './organisation.ts'
import { fillRandom, openForTest } from './test-organisation.ts'
import { WindowAway } from './window-away.ts'
import { WindowHistory } from './window-history.ts'

const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const bodyOf = (...texts: readonly string[]) => ({ type: 'doc', content: texts.map(paragraph) })

/** A page of three paragraphs, open in a window without a server. */
async function setUp() {
  const laptop = new MemoryLaptopStorage({ fillRandom })
  const record = localOrganisation('personal', { organisation: 'Haven', person: 'Noor' }, fillRandom)
  await laptop.putOrganisation(record)
  const organisation = await openForTest(laptop, record)
  const { storage } = organisation
  const spaceId = await makeLocalSpace(organisation, { name: 'Bouw', kind: 'team' })
  const fill = ({ doc }: OpenDocument) => {
    doc.transact(() => writeBody(doc.getXmlFragment(bodyName), bodyOf('een', 'twee', 'drie')), origins.user)
  }
  const page = await organisation.createPage({ spaceId, kind: 'wiki', title: 'Plan', parent: null, fill })
  const document = await organisation.documents.open(page, { live: false })
  if (document === null) throw new Error('The page is not here')
  const { doc } = document
  const open = new LiveValue<OpenOrganisation | null>(null)
  const history = new WindowHistory(open, () => Promise.reject(new Error('No line')))
  open.set(organisation)
  const lines = () => (readBody(doc.getXmlFragment(bodyName)).content ?? []).map((block) => textOf(block))
  return { organisation, storage, page, doc, history, lines }
}

function lostItem(doc: Y.Doc, index: number): AwayItem {
  const place = Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(doc.getXmlFragment(bodyName), index))
  const words = [{ text: 'twee van mij', by: 'me', change: 'added' }] as const
  return { id: '1', kind: 'lost', authors: [], words, place, block: paragraph('twee van mij') }
}

/** Resolves when reviews were read from the disk. */
async function reviewed(away: WindowAway): Promise<void> {
  await away.settle(mintId(fillRandom), 'none')
  for (let i = 0; i < 20; i += 1) await Promise.resolve()
}

describe('a rescue', () => {
  it('puts a block back where it stood, is this person’s own edit, and can be taken back', async () => {
    const { organisation, storage, page, doc, lines } = await setUp()
    const item = lostItem(doc, 1)
    doc.transact(() => doc.getXmlFragment(bodyName).delete(1, 1), origins.remote)
    await storage.reviews.putReview({ pageId: page, fromMs: null, toMs: 5, mine: 1, items: [item] })
    const open = new LiveValue<OpenOrganisation | null>(null)
    const away = new WindowAway(open)
    open.set(organisation)
    await reviewed(away)
    expect(away.reviews.snapshot()).toMatchObject({ questions: 1, merged: 0, pages: [{ title: 'Plan' }] })
    expect(await away.blockOf(page, '1')).toBe(1)
    expect(await away.rescue(page, '1')).toEqual({ ok: true, value: null })
    expect(lines()).toEqual(['een', 'twee van mij', 'drie'])
    expect(away.reviews.snapshot().pages).toEqual([])
    away.undoRescue()
    expect(lines()).toEqual(['een', 'drie'])
    await reviewed(away)
    expect(away.reviews.snapshot().questions).toBe(1)
  })
})

describe('going back without a line', () => {
  it('makes the page say what it said before the visit, leaves what others write, and can be taken back', async () => {
    const { storage, page, doc, history, lines } = await setUp()
    await storage.reviews.keepState(page, { atMs: 1, state: Y.encodeStateAsUpdate(doc) })
    const fragment = doc.getXmlFragment(bodyName)
    doc.transact(() => fragment.delete(1, 1), origins.user)
    expect(await history.restore(page, 'visit')).toEqual({ ok: true, value: null })
    expect(lines()).toEqual(['een', 'twee', 'drie'])
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
    const last = other.getXmlFragment(bodyName).get(2)
    const text = last instanceof Y.XmlElement ? last.get(0) : null
    if (text instanceof Y.XmlText) text.insert(4, ' van Sem')
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), origins.remote)
    history.undoRestore(page)
    expect(lines()).toEqual(['een', 'drie van Sem'])
  })

  it('says so where no state of the page is here', async () => {
    const { page, history } = await setUp()
    expect(await history.restore(page, 'visit')).toEqual({ ok: false, error: 'gone' })
  })
})
