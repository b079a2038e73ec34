import { Type, type TSchema } from '@fastify/type-provider-typebox'
import { problemReasons } from '../../model/api.ts'
import type { PersonId, VersionId, SpaceId } from '../../model/ids.ts'
import { joinings, pageKinds, spaceKinds } from '../../model/kinds.ts'
import { organisationRoles, spaceRoles } from '../../model/permission.ts'
import { versionReasons } from '../../model/version.ts'

/** One of a closed list of words. */
export function oneOf<const T extends string>(values: readonly T[]) {
  return Type.Unsafe<T>({ type: 'string', enum: values })
}

export function orNull<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()])
}

/** An id with the brand of what it names: the form is checked, whose it is not yet. */
export function id<T extends string>() {
  return Type.Unsafe<T>({ type: 'string', pattern: '^[a-z2-7]{26}$' })
}

/** An object that holds what it says and nothing else. */
export function exactly<const T extends Parameters<typeof Type.Object>[0]>(properties: T) {
  return Type.Object(properties, { additionalProperties: false })
}

export const name = Type.String({ minLength: 1, maxLength: 200 })
export const email = Type.String({ minLength: 3, maxLength: 254 })
// The policy says how long; here only what would be work to hash for nothing.
export const password = Type.String({ maxLength: 1000 })
export const deviceName = Type.String({ maxLength: 200 })
export const timeMs = Type.Integer({ description: 'Milliseconds since 1970, by the server’s clock.' })

export const problem = Type.Object(
  {
    type: Type.Literal('about:blank'),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    reason: oneOf(problemReasons),
    retryAfterMs: Type.Optional(Type.Integer()),
  },
  { description: 'A problem (RFC 9457). `reason` says which.' },
)

export const person = Type.Object({
  id: id(),
  name: Type.String(),
  email: Type.String(),
  role: oneOf(organisationRoles),
})

export const signedIn = Type.Object({
  token: Type.String({ description: 'Shown once. Send it as `Authorization: Bearer`.' }),
  person,
  organisation: Type.Object({ id: id(), name: Type.String() }),
})

export const session = Type.Object({
  id: id(),
  deviceName: Type.String(),
  createdAtMs: timeMs,
  lastUsedAtMs: timeMs,
  isCurrent: Type.Boolean(),
})

export const ticket = Type.Object({ ticket: Type.String(), expiresInMs: Type.Integer() })

export const invitation = Type.Object({
  id: Type.String(),
  code: Type.String(),
  link: Type.String(),
  expiresAtMs: timeMs,
  isMailed: Type.Boolean({ description: 'Whether it went by e-mail; else the link is for copying.' }),
})

export const openInvitation = Type.Object({
  id: Type.String(),
  role: oneOf(['member', 'guest']),
  spaceId: orNull(id<SpaceId>()),
  spaceRole: orNull(oneOf(spaceRoles)),
  email: orNull(Type.String()),
  invitedBy: id<PersonId>(),
  createdAtMs: timeMs,
  expiresAtMs: timeMs,
})

export const invitationPreview = Type.Object({
  organisation: Type.String(),
  invitedBy: Type.String(),
  members: Type.Integer(),
  expiresAtMs: timeMs,
})

export const space = Type.Object({
  id: id(),
  name: Type.String(),
  kind: oneOf(spaceKinds),
  role: oneOf(spaceRoles),
  archived: Type.Boolean(),
  description: Type.String(),
  icon: orNull(Type.String()),
  parent: orNull(id<SpaceId>()),
  joining: oneOf(joinings),
})

export const joinableSpace = Type.Object({
  id: id(),
  name: Type.String(),
  kind: oneOf(spaceKinds),
  description: Type.String(),
  icon: orNull(Type.String()),
  memberCount: Type.Integer(),
})

export const member = Type.Object({
  id: id(),
  name: Type.String(),
  role: oneOf(spaceRoles),
  organisationRole: oneOf(organisationRoles),
})

export const page = Type.Object({
  id: id(),
  documentId: Type.Unsafe<string>({ type: 'string', description: 'The same as `id`: what `/ws/<documentId>` takes.' }),
  spaceId: id(),
  kind: oneOf(pageKinds),
  title: Type.String(),
  icon: orNull(Type.String()),
  archived: Type.Boolean(),
  parent: orNull(Type.String()),
  changedAtMs: timeMs,
})

export const version = Type.Object({
  id: id<VersionId>(),
  atMs: timeMs,
  reason: oneOf(versionReasons),
  name: orNull(Type.String()),
  madeBy: orNull(id<PersonId>()),
  writers: Type.Array(id<PersonId>(), { description: 'Who wrote since the version before.' }),
  minSchema: Type.Integer(),
})

const stretches = Type.Array(Type.Array(Type.Integer()), {
  description: 'Yjs client id, first clock, and the clock after the last.',
})

export const authorship = Type.Object({ personId: id<PersonId>(), inserted: stretches, deleted: stretches })

export const file = Type.Object({ id: Type.String(), mediaType: Type.String(), sizeBytes: Type.Integer() })

export const files = Type.Object({
  files: Type.Array(
    Type.Object({
      id: Type.String(),
      mediaType: Type.String(),
      sizeBytes: Type.Integer(),
      n: Type.Integer(),
      name: Type.String(),
      addedBy: orNull(Type.String()),
      addedAtMs: timeMs,
      listed: Type.Boolean(),
    }),
  ),
  hasMore: Type.Boolean(),
  maxFileBytes: Type.Integer(),
})

export const imported = Type.Object({
  files: Type.Integer({ description: 'Images and other files that came in' }),
  pages: Type.Array(
    Type.Object({ path: Type.String(), id: id(), title: Type.String(), warnings: Type.Array(Type.String()) }),
  ),
  skipped: Type.Array(Type.Object({ path: Type.String(), reason: Type.String() })),
})

export const none = Type.Null({ description: 'Done; there is nothing to say.' })

const refusal = {
  description: 'Refused: `reason` says why.',
  content: { 'application/problem+json': { schema: problem } },
} as const

/** Every answer of a route that can be refused. */
export function answers<const Status extends number, T extends TSchema>(status: Status, schema: T) {
  return { [status]: schema, '4xx': refusal, '5xx': refusal } as { readonly [S in Status]: T } & {
    readonly '4xx': typeof refusal
    readonly '5xx': typeof refusal
  }
}

/** Said in the description of every route that needs somebody signed in. */
export const bearer: readonly Readonly<Record<string, readonly string[]>>[] = [{ token: [] }]
