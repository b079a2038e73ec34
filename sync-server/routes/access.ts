import type { FastifyInstance, FastifyRequest } from 'fastify'
import { parseId, type DocumentId, type PersonId, type SpaceId } from '../../model/ids.ts'
import {
  may,
  type Actor,
  type DocumentThing,
  type DocumentVerb,
  type OrganisationVerb,
  type SpaceThing,
  type SpaceVerb,
} from '../../model/permission.ts'
import { Refused } from '../problem.ts'
import type { Services } from '../services.ts'
import type { OpenSession } from '../store/directory.ts'
import type { DocumentRecord, SpaceRecord } from '../store/store.ts'

/** What is open without sign-in, and nothing else (DESIGN 7). A test compares the routes with this list. */
export const openDoors = [
  'app',
  'health',
  'readiness',
  'metrics',
  'openapi',
  'create-organisation',
  'sign-in',
  'invitation-preview',
  'join',
] as const
export type OpenDoor = (typeof openDoors)[number]

/**
 * Who may use a route. Every route has one, or the server does not start: nothing is open by being forgotten.
 * `space` and `document` speak of the `spaceId` and `pageId` in the address.
 */
export type Access =
  | { readonly open: OpenDoor }
  | { readonly signedIn: true }
  | { readonly organisation: OrganisationVerb }
  | { readonly space: SpaceVerb }
  | { readonly document: DocumentVerb }

interface Asker {
  readonly session: OpenSession
  readonly actor: Actor
  readonly space: { readonly record: SpaceRecord; readonly thing: SpaceThing } | null
  readonly document: DocumentRecord | null
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
  interface FastifyRequest {
    asker: Asker | null
  }
}

/** Decides before the body is read: a stranger's 64 MB are never taken in. */
export function guardRoutes(app: FastifyInstance, services: Services): void {
  app.decorateRequest('asker', null)
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.access === undefined) throw new Error(`Route ${String(method)} ${url} says nothing about access`)
  })
  app.addHook('onRequest', async (request) => {
    if (request.is404) return
    const { access } = request.routeOptions.config
    if (access === undefined) throw new Refused('forbidden')
    if (!('open' in access)) request.asker = await admit(request, access, services)
  })
}

async function admit(
  request: FastifyRequest,
  access: Exclude<Access, { open: OpenDoor }>,
  services: Services,
): Promise<Asker> {
  const session = await sessionOf(request, services)
  const { person } = session
  const actor: Actor = { personId: person.id, organisationRole: person.role, suspended: person.suspended }
  if (actor.suspended) throw new Refused('suspended')
  if ('signedIn' in access) return { session, actor, space: null, document: null }
  if ('organisation' in access) {
    if (!may(actor, access.organisation, { type: 'organisation' })) throw new Refused('forbidden')
    return { session, actor, space: null, document: null }
  }
  if ('space' in access) {
    const space = await mustGetSpace(person.id, parseId<SpaceId>(paramOf(request, 'spaceId')), services)
    if (!may(actor, access.space, space.thing)) throw new Refused('forbidden')
    return { session, actor, space, document: null }
  }
  const document = await mustGetPage(parseId<DocumentId>(paramOf(request, 'pageId')), services)
  const space = await mustGetSpace(person.id, document.spaceId, services)
  if (!may(actor, access.document, documentThing(document, space.thing))) throw new Refused('forbidden')
  return { session, actor, space, document }
}

async function sessionOf(request: FastifyRequest, services: Services): Promise<OpenSession> {
  const token = /^Bearer ([A-Za-z0-9_-]{43})$/i.exec(request.headers.authorization ?? '')?.[1]
  const session = token === undefined ? undefined : await services.sessions.find(token)
  if (session === undefined) throw new Refused('sign-in-needed')
  return session
}

/** Ids in an address are read once, here, so that what was checked is what is used. */
function paramOf(request: FastifyRequest, name: string): unknown {
  const { params } = request
  return typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined
}

async function mustGetSpace(personId: PersonId, spaceId: SpaceId | undefined, services: Services) {
  const record = services.syncServer.spaces().find((space) => space.spaceId === spaceId)
  if (record === undefined) throw new Refused('unknown-space')
  const membership = (await services.syncServer.membershipsOf(personId)).find((each) => each.spaceId === spaceId)
  return { record, thing: spaceThing(record, membership?.role ?? null) }
}

async function mustGetPage(id: DocumentId | undefined, services: Services): Promise<DocumentRecord> {
  const document = id === undefined ? undefined : await services.syncServer.document(id)
  if (document === undefined || document.kind !== 'page') throw new Refused('unknown-page')
  return document
}

export function spaceThing(record: SpaceRecord, role: SpaceThing['role']): SpaceThing {
  return { type: 'space', kind: record.kind, role, archived: record.archived, joining: record.joining }
}

export function documentThing(document: DocumentRecord, space: SpaceThing): DocumentThing {
  const { writers, ownerId, coAuthorIds, kind } = document
  return { type: 'document', space, writers, ownerId, coAuthorIds, isPrivate: kind === 'private' }
}

/** Who asks, on a route that is not open. */
export function askerOf(request: FastifyRequest): Asker {
  if (request.asker === null) throw new Error('A route that needs somebody signed in is declared open')
  return request.asker
}

/** The space of the address, on a route that asks for one. */
export function spaceOf(request: FastifyRequest): NonNullable<Asker['space']> {
  const { space } = askerOf(request)
  if (space === null) throw new Error('A route that uses a space has not asked for one')
  return space
}

/** The page of the address, on a route that asks for one. */
export function pageOf(request: FastifyRequest): DocumentRecord {
  const { document } = askerOf(request)
  if (document === null) throw new Error('A route that uses a page has not asked for one')
  return document
}

/** A further right that depends on what the body asks for. */
export function mustMayInSpace(request: FastifyRequest, verb: SpaceVerb): void {
  const { actor } = askerOf(request)
  if (!may(actor, verb, spaceOf(request).thing)) throw new Refused('forbidden')
}
