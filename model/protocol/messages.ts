import type { DeviceId, DocumentId, LogId, OrganisationId, PersonId, RequestId, SpaceId } from '../ids.ts'
import { documentKinds, joinings, pageKinds, spaceKinds } from '../kinds.ts'
import { organisationRoles, spaceRoles } from '../permission.ts'
import { answerStates, openAskTypes, requestRefusals } from '../request.ts'
import { highestSchema } from '../schema-version.ts'
import {
  boolean,
  bytes,
  fileHash,
  id,
  list,
  oneOf,
  optional,
  struct,
  text,
  uint,
  union,
  type ValueOf,
} from './fields.ts'
import {
  maxAnswers,
  maxAskBytes,
  maxAwarenessBytes,
  maxFetchDocuments,
  maxFrameBytes,
  maxPeople,
  maxRowsPerFrame,
  maxRowsPerPush,
  maxSpaceDescriptionBytes,
  maxSpaces,
  maxUpdateBytes,
} from './limits.ts'
import { channelReasons, closeReasons, refusalReasons } from './reasons.ts'

const documentId = id<DocumentId>()
const spaceId = id<SpaceId>()
const schema = uint(highestSchema)
const update = bytes(maxUpdateBytes)
/** Room for the 80,000 client ids that one document may have, at 13 bytes each. */
const stateVector = bytes(2 * 1024 * 1024)
const channel = uint(2 ** 31)
const name = text(400)

/** What a document is, given with its first row; the server's word stands from then on. */
const registration = struct({ spaceId, kind: oneOf(documentKinds), pageKind: optional(oneOf(pageKinds)) })
export type Registration = ValueOf<typeof registration>

/** One row of a device's log. */
const pushedRow = struct({
  row: uint(),
  /** Chained: model/checksum.ts `rowChecksum`. */
  checksum: uint(),
  documentId,
  /** The lowest schema that can show the whole page after this write. */
  schema,
  /** Given back after the server lost it: binds no client id; who delivered it is noted. */
  restored: boolean,
  registration: optional(registration),
  update,
})
export type PushedRow = ValueOf<typeof pushedRow>

/** What a server knows of a document, without the document. */
const documentRow = struct({
  documentId,
  kind: oneOf(documentKinds),
  pageKind: optional(oneOf(pageKinds)),
  /** Author of an authored page, owner of acts and private documents. */
  ownerId: optional(id<PersonId>()),
  minSchema: schema,
  /** Derived by the server for laptops that do not hold the page; null where it has not read it yet. */
  title: optional(text(2000)),
  icon: optional(text(128)),
  archived: boolean,
  /** Server's clock, ms since 1970. For display only: no order comes from a clock. */
  changedAtMs: uint(),
  sizeBytes: uint(),
})
export type DocumentRow = ValueOf<typeof documentRow>

const feedRecord = union({
  /** Changes of one document, merged up to feed number `n`. */
  update: struct({ n: uint(), row: documentRow, update }),
  /** Changed, but the bytes are not sent (compacted behind the cursor, or not kept here): fetch with a state vector. */
  stale: struct({ n: uint(), row: documentRow }),
  /** It stands in another space now; named where the person may read that one. */
  left: struct({ n: uint(), documentId, to: optional(spaceId) }),
})
export type FeedRecord = ValueOf<typeof feedRecord>

export function documentIdOf(record: FeedRecord): DocumentId {
  return record.type === 'left' ? record.documentId : record.row.documentId
}

export const keepModes = ['everything', 'rows'] as const
export type KeepMode = (typeof keepModes)[number]

const spaceGrant = struct({
  spaceId,
  kind: oneOf(spaceKinds),
  name,
  role: oneOf(spaceRoles),
  archived: boolean,
  description: text(maxSpaceDescriptionBytes),
  icon: optional(text(256)),
  /** The space in whose tree this closed section stands. */
  parent: optional(spaceId),
  joining: oneOf(joinings),
  /** Highest feed number of the space. */
  head: uint(),
})
export type SpaceGrant = ValueOf<typeof spaceGrant>

/** What one may know of a person. */
const personCard = struct({
  personId: id<PersonId>(),
  name,
  role: oneOf(organisationRoles),
  suspended: boolean,
  face: optional(fileHash),
})
export type PersonCard = ValueOf<typeof personCard>

const spaceMembers = struct({
  spaceId,
  /** All members of the space; else only those that changed, null for who left. */
  whole: boolean,
  members: list(struct({ personId: id<PersonId>(), role: optional(oneOf(spaceRoles)) }), maxPeople),
})
export type SpaceMembers = ValueOf<typeof spaceMembers>

const requestId = id<RequestId>()
/** JSON of model/parse-ask.ts. */
const ask = text(maxAskBytes)

/** How something that the person asked stands, on their own control feed (RQ2). */
const answer = struct({
  requestId,
  ask,
  state: oneOf(answerStates),
  reason: optional(oneOf(requestRefusals)),
  /** Server's clock, for display only. */
  askedAtMs: uint(),
  answeredAtMs: uint(),
})
export type Answer = ValueOf<typeof answer>

/** What somebody asks of the owners of a space; `role` is what they would become. */
const openAsk = struct({
  requestId,
  spaceId,
  personId: id<PersonId>(),
  type: oneOf(openAskTypes),
  role: oneOf(spaceRoles),
  askedAtMs: uint(),
})
export type OpenAsk = ValueOf<typeof openAsk>

/** A space that the person is not in, but may join or ask to join. */
const joinableSpace = struct({
  spaceId,
  kind: oneOf(spaceKinds),
  name,
  description: text(maxSpaceDescriptionBytes),
  icon: optional(text(256)),
  joining: oneOf(joinings),
  memberCount: uint(),
})
export type JoinableSpace = ValueOf<typeof joinableSpace>

export const clientMessage = union({
  hello: struct({
    protocol: uint(65_535),
    schema,
    appVersion: text(64),
    organisationId: optional(id<OrganisationId>()),
    deviceId: id<DeviceId>(),
    /** The generation of the store that this device last saw; null on a new device. */
    generation: optional(text(64)),
    /** The people number that is stored here (PP1); null: send everybody. */
    people: optional(uint()),
    /** The number of the person's control feed that is stored here; null: send all answers. */
    control: optional(uint()),
    logId: id<LogId>(),
    /** The last row written on this laptop, sent or not; 0 for none. */
    lastRow: uint(),
    spaces: list(
      struct({
        spaceId,
        /** Highest feed number stored here; null: send rows first. */ cursor: optional(uint()),
        keep: oneOf(keepModes),
      }),
      maxSpaces,
    ),
  }),
  push: struct({ rows: list(pushedRow, maxRowsPerPush) }),
  open: struct({ channel, documentId, schema }),
  close: struct({ channel }),
  /** y-websocket dialect from an open channel: step 1 and own awareness only. */
  channel: struct({ channel, bytes: bytes(maxAwarenessBytes + 256 * 1024) }),
  /** All feed frames of the space up to `n` are committed on this laptop. */
  taken: struct({ spaceId, n: uint() }),
  /** Everything of the space up to `n` is on this laptop, content included. A number of such people is the third receipt (RC1). */
  holds: struct({ spaceId, n: uint() }),
  fetch: struct({ key: uint(), documents: list(struct({ documentId, stateVector }), maxFetchDocuments) }),
  /** `nextWithinMs`: how long the server may hear nothing before it counts the line as dead. */
  ping: struct({ n: uint(), nextWithinMs: uint(600_000) }),
  /** Only the server can decide it (RQ1). Sent until it is answered; asked again, it is answered the same. */
  request: struct({ requestId, ask }),
})
export type ClientMessage = ValueOf<typeof clientMessage>
export type Hello = Extract<ClientMessage, { type: 'hello' }>

export const documentStates = ['found', 'unknown', 'forbidden', 'damaged'] as const

export const serverMessage = union({
  welcome: struct({
    protocol: uint(65_535),
    schema,
    serverVersion: text(64),
    generation: text(64),
    organisationId: id<OrganisationId>(),
    organisationName: name,
    personId: id<PersonId>(),
    personName: name,
    email: text(400),
    role: oneOf(organisationRoles),
    /** Highest row of this log that is committed or refused, and its checksum; 0 and 0 for an unknown log. */
    acknowledgedRow: uint(),
    acknowledgedChecksum: uint(),
    spaces: list(spaceGrant, maxSpaces),
    serverTimeMs: uint(),
  }),
  /** Every row of this log up to `row` is committed durably, or was refused before this message. */
  acknowledged: struct({ row: uint() }),
  /** Always before the acknowledgement that passes it. */
  refused: struct({ row: uint(), documentId, reason: oneOf(refusalReasons) }),
  /** The store cannot commit now (disk full): nothing is lost, rows stay unacknowledged and are tried again. */
  held: struct({ holding: boolean }),
  channel: struct({ channel, bytes: bytes(maxFrameBytes) }),
  /** A committed update of a document that is open on this channel. */
  live: struct({ channel, spaceId, n: uint(), minSchema: schema, update }),
  /** So many colleagues have on a device of theirs what this device wrote last on the page (RC1). Never who. */
  'with-colleagues': struct({ channel, people: uint() }),
  'channel-closed': struct({ channel, reason: oneOf(channelReasons) }),
  /** Everything of the space up to `to` is in this frame, came by channel on this socket, or is this log's own. */
  feed: struct({ spaceId, to: uint(), head: uint(), records: list(feedRecord, maxRowsPerPush) }),
  /** The list of the space as it stands at feed number `at`; the cursor when `isLast` has come. */
  rows: struct({ spaceId, at: uint(), isLast: boolean, rows: list(documentRow, maxRowsPerFrame) }),
  documents: struct({
    key: uint(),
    isLast: boolean,
    documents: list(
      struct({
        documentId,
        /** Where it stands now. */
        spaceId: optional(spaceId),
        state: oneOf(documentStates),
        row: optional(documentRow),
        /** What the state vector in the fetch lacks. */
        update,
        /** The server's own state vector, so that the laptop can give back what the server lacks. */
        stateVector,
        /** The server's feed number of the space when this was read. */
        n: uint(),
      }),
      maxFetchDocuments,
    ),
  }),
  pong: struct({ n: uint() }),
  granted: struct({ space: spaceGrant }),
  /** The person may read this space no longer: the laptop drops its copy after offering unsent text as a draft. */
  revoked: struct({ spaceId }),
  /** Sent before the socket is closed with the code of the reason. */
  goodbye: struct({ reason: oneOf(closeReasons) }),
  /** People and memberships up to the people number `n`: what changed since the last, or, where `whole`, everything there is. */
  people: struct({
    n: uint(),
    whole: boolean,
    people: list(personCard, maxPeople),
    members: list(spaceMembers, maxSpaces),
  }),
  /** Of this person's control feed, up to its number `n` (RQ2). */
  answers: struct({ n: uint(), answers: list(answer, maxAnswers) }),
  /** All that waits for this person as an owner. */
  'open-asks': struct({ asks: list(openAsk, maxAnswers) }),
  /** All spaces that this person could join or ask to join. */
  joinable: struct({ spaces: list(joinableSpace, maxSpaces) }),
})
export type ServerMessage = ValueOf<typeof serverMessage>
export type FetchedDocument = Extract<ServerMessage, { type: 'documents' }>['documents'][number]
