import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as syncProtocol from 'y-protocols/sync'
import * as Y from 'yjs'
import type { DocumentId, PageId, SpaceId } from '../../model/ids.ts'
import { openPage } from '../../model/page.ts'
import { lowestSchema } from '../../model/schema-version.ts'
import { origins } from '../../model/origins.ts'
import type { JoinChannel, OpenDocument } from '../../renderer/documents/open-documents.ts'
import { OpenOrganisation } from '../../renderer/documents/organisation.ts'
import type { Heard, SyncLink } from '../../renderer/documents/sync-link.ts'
import type { OrganisationRecord, OrganisationStorage } from '../../renderer/storage/laptop-storage.ts'
import type { FakeTime } from './fake-time.ts'
import type { SeededRandom } from './seeded-random.ts'
import { textsOf, type Token, type Tokens } from './tokens.ts'

interface Uncommitted {
  readonly documentId: DocumentId
  readonly token: Token
  readonly what: 'inserted' | 'erased'
}

/** One window of a simulated laptop: the shipped documents layer, with a hand that types instead of an editor. */
export class SimWindow {
  readonly organisation: OpenOrganisation
  readonly #peer: number
  readonly #tokens: Tokens
  readonly #schema: number
  readonly #open = new Map<PageId, OpenDocument>()
  /** What was typed and is not known to be on the disk. */
  #uncommitted: Uncommitted[] = []

  constructor(options: {
    readonly peer: number
    readonly record: OrganisationRecord
    readonly storage: OrganisationStorage
    readonly link: SyncLink
    readonly time: FakeTime
    readonly random: SeededRandom
    readonly tokens: Tokens
    readonly schema: number
  }) {
    this.#peer = options.peer
    this.#tokens = options.tokens
    this.#schema = options.schema
    this.organisation = new OpenOrganisation({
      record: options.record,
      storage: options.storage,
      link: options.link,
      token: () => Promise.resolve('token'),
      clock: options.time,
      fillRandom: options.random.fill,
      join: (organisation) => joinByDialect(organisation, options.link, options.schema),
    })
    this.organisation.batch.subscribe(() => {
      this.#uncommitted = this.#uncommitted.filter(({ documentId }) => !this.organisation.batch.isCommitted(documentId))
    })
    this.organisation.subscribeResets((id) => {
      this.#open.get(id)?.release()
      this.#open.delete(id)
    })
  }

  /** The window's process ends now: what its disk has not, nobody has. */
  kill(): void {
    for (const { token, what } of this.#uncommitted) token[what] = 'maybe'
    this.organisation.documents.closeAll()
    this.organisation.link.close()
  }

  pages(): readonly PageId[] {
    return [...this.#open.keys()]
  }

  async openPage(id: PageId): Promise<void> {
    if (this.#open.has(id)) return
    const document = await this.organisation.documents.open(id, { live: true })
    if (document !== null) this.#open.set(id, document)
  }

  closePage(id: PageId): void {
    this.#open.get(id)?.release()
    this.#open.delete(id)
  }

  doc(id: PageId): Y.Doc | undefined {
    return this.#open.get(id)?.doc
  }

  /** As the screen decides: a page of a newer schema is not written here. */
  #mayWrite(id: PageId): boolean {
    const record = this.organisation.lists.record(id)
    if (record === undefined || record.minSchema > this.#schema) return false
    this.organisation.documents.setSchema(id, Math.max(record.minSchema, this.#writesAs(id)))
    return true
  }

  /** Peers of the newer schema use it on every third page. */
  #writesAs(id: PageId): number {
    return id.charCodeAt(0) % 3 === 0 ? this.#schema : lowestSchema
  }

  type(id: PageId, at: { readonly paragraph: number; readonly word: number }): void {
    const doc = this.doc(id)
    if (doc === undefined || !this.#mayWrite(id)) return
    const token = this.#tokens.mint(this.#peer, id)
    this.#uncommitted.push({ documentId: id, token, what: 'inserted' })
    const texts = textsOf(doc)
    const text = texts[at.paragraph % (texts.length + 1)]
    doc.transact(() => {
      if (text === undefined) addParagraph(doc, token.text, at.word)
      else text.insert(boundaryOf(text.toString(), at.word), token.text)
    }, origins.user)
  }

  erase(id: PageId, which: number): void {
    const doc = this.doc(id)
    if (doc === undefined || !this.#mayWrite(id)) return
    const places = textsOf(doc).flatMap((text) =>
      [...text.toString().matchAll(/«\d+»/g)].map((match) => ({ text, match })),
    )
    const place = places[which % Math.max(places.length, 1)]
    const token = place === undefined ? undefined : this.#tokens.byText.get(place.match[0])
    if (place === undefined || token === undefined) return
    if (token.erased === 'no') token.erased = 'sure'
    this.#uncommitted.push({ documentId: id, token, what: 'erased' })
    doc.transact(() => {
      place.text.delete(place.match.index, place.match[0].length)
    }, origins.user)
  }

  rename(id: PageId, title: string): void {
    const doc = this.doc(id)
    if (doc !== undefined && this.#mayWrite(id)) openPage(doc).rename(title)
  }

  async tree(spaceId: SpaceId) {
    return this.organisation.openTree(spaceId)
  }
}

function addParagraph(doc: Y.Doc, text: string, at: number): void {
  const body = doc.getXmlFragment('body')
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText(text)])
  body.insert(at % (body.length + 1), [paragraph])
}

/** A place between words: inside one, others' typing would make it unreadable for the check, not wrong. */
function boundaryOf(text: string, at: number): number {
  const boundaries = [0, ...[...text.matchAll(/»/g)].map((match) => match.index + 1)]
  return boundaries[at % boundaries.length] ?? 0
}

/** What the y-websocket provider does in the app, without its timers: step 1 when the channel opens, then what comes. */
function joinByDialect(organisation: OpenOrganisation, link: SyncLink, schema: number): JoinChannel {
  let count = 0
  return (id, doc) => {
    const channelId = `${link.windowId}-${(count += 1)}`
    const provider = {}
    organisation.documents.trustProvider(provider)
    const announce = () => {
      link.post({ type: 'open', windowId: link.windowId, channelId, documentId: id, schema })
    }
    const undo = link.subscribe((message: Heard) => {
      if (message.type === 'who-is-there') announce()
      else if (message.type === 'channel-state' && message.channelId === channelId && message.open) {
        link.post({ type: 'outward', channelId, bytes: stepOne(doc) })
      } else if (message.type === 'inward' && message.channelId === channelId) {
        readInward(message.bytes, doc, provider)
      }
    })
    announce()
    return () => {
      undo()
      link.post({ type: 'close', channelId })
    }
  }
}

function stepOne(doc: Y.Doc): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 0)
  syncProtocol.writeSyncStep1(encoder, doc)
  return encoding.toUint8Array(encoder)
}

function readInward(bytes: Uint8Array, doc: Y.Doc, provider: object): void {
  const decoder = decoding.createDecoder(bytes)
  if (decoding.readVarUint(decoder) !== 0) return
  syncProtocol.readSyncMessage(decoder, encoding.createEncoder(), doc, provider)
}
