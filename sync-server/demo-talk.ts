import * as Y from 'yjs'
import type { ActRef } from '../model/act-ref.ts'
import type { Anchor, NewAct } from '../model/act.ts'
import { writeAct } from '../model/acts.ts'
import { mintId, type DocumentId, type PageId, type PersonId, type SpaceId } from '../model/ids.ts'
import { bodyName } from '../model/page.ts'
import { sampleThreadEveryMs, sampleThreads, type SampleThread } from '../model/sample/gesprekken.ts'
import type { SampleName } from '../model/sample/sample-page.ts'
import { seedOf } from '../model/seeds.ts'
import { withDocument } from './page-writing.ts'
import type { Services } from './services.ts'

interface Place {
  readonly spaceId: SpaceId
  /** The pages of the space, by title. */
  readonly pages: ReadonlyMap<string, PageId>
  readonly personOf: (name: SampleName) => PersonId
}

interface Speaker {
  readonly id: DocumentId
  readonly doc: Y.Doc
}

/** Lets the people of the sample say what they say about its pages, once: each in an acts document of their own. */
export async function fillTalk({ spaceId, pages, personOf }: Place, services: Services): Promise<void> {
  const { syncServer, clock, random } = services
  if ((await syncServer.documentsOf(spaceId)).some(({ kind }) => kind === 'acts')) return
  const speakers = new Map<SampleName, Speaker>()
  const speakerOf = (name: SampleName): Speaker => {
    const speaker = speakers.get(name) ?? openSpeaker(services)
    speakers.set(name, speaker)
    return speaker
  }
  let counter = 0
  for (const [place, thread] of sampleThreads.entries()) {
    const page = pages.get(thread.page)
    if (page === undefined) continue
    let atMs = clock.nowMs() - (sampleThreads.length - place) * sampleThreadEveryMs
    const say = (name: SampleName, act: NewAct): ActRef => {
      const { id, doc } = speakerOf(name)
      counter += 1
      atMs += 7 * 60 * 1000
      return writeAct(doc, id, { act, nowMs: atMs, counter, fillRandom: random }).ref
    }
    sayThread(thread, page, { say, anchor: await anchorOf(page, thread.quote, services) })
  }
  for (const [name, { id, doc }] of speakers) {
    const update = Y.diffUpdate(Y.encodeStateAsUpdate(doc), Y.encodeStateVectorFromUpdate(seedOf('acts', null)))
    await syncServer.createDocument({
      spaceId,
      kind: 'acts',
      pageKind: null,
      ownerId: personOf(name),
      update,
      documentId: id,
    })
    doc.destroy()
  }
}

function openSpeaker({ random }: Services): Speaker {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedOf('acts', null))
  return { id: mintId<DocumentId>(random), doc }
}

function sayThread(
  { by, text, replies, reactions, isResolved }: SampleThread,
  page: PageId,
  { say, anchor }: { readonly say: (name: SampleName, act: NewAct) => ActRef; readonly anchor: Anchor | null },
): void {
  const thread = say(by, { kind: 'comment', page, anchor, text: [text] })
  for (const reply of replies) say(reply.by, { kind: 'reply', page, thread, text: [reply.text] })
  for (const { by: name, reaction } of reactions)
    say(name, { kind: 'reaction', page, target: thread, reaction, on: true })
  if (isResolved) say(by, { kind: 'resolve', page, thread })
}

/** Where the quoted words stand in the text of the page. */
async function anchorOf(page: PageId, quote: string | null, { syncServer }: Services): Promise<Anchor | null> {
  const update = await syncServer.readDocument(page)
  if (quote === null || !(update instanceof Uint8Array)) return null
  return withDocument(update, (doc) => {
    for (const text of textsIn(doc.getXmlFragment(bodyName))) {
      const start = plainOf(text).indexOf(quote)
      if (start !== -1) return { from: encode(text, start), to: encode(text, start + quote.length, -1), quote }
    }
    return null
  })
}

function textsIn(node: Y.XmlFragment | Y.XmlElement): readonly Y.XmlText[] {
  return node.toArray().flatMap((child) => {
    if (child instanceof Y.XmlText) return [child]
    return child instanceof Y.XmlElement ? textsIn(child) : []
  })
}

function plainOf(text: Y.XmlText): string {
  return (text.toDelta() as { readonly insert?: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : '\uFFFC'))
    .join('')
}

/** @param side -1: the character before the place, so that what is typed after it does not belong to the quote */
function encode(text: Y.XmlText, index: number, side = 0): string {
  const position = Y.createRelativePositionFromTypeIndex(text, index, side)
  return Buffer.from(Y.encodeRelativePosition(position)).toString('base64')
}
