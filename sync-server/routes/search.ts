import { Type } from '@fastify/type-provider-typebox'
import { parseId, type PageId, type PersonId, type SpaceId } from '../../model/ids.ts'
import { pageKinds } from '../../model/kinds.ts'
import { searchApiLimits } from '../../model/search/search-api.ts'
import { entryTypes, type SearchFilter, type SearchHit } from '../../model/search/search-index.ts'
import type { App } from '../http.ts'
import { Refused } from '../problem.ts'
import type { Services } from '../services.ts'
import { askerOf } from './access.ts'
import { answers, bearer, exactly, id, oneOf, orNull, timeMs } from './schemas.ts'

const busyMs = 1000

const parts = Type.Array(Type.Object({ text: Type.String(), hit: Type.Boolean() }), {
  description: 'The text in pieces; `hit` where it is what was looked for.',
})

const hit = Type.Object({
  id: Type.String(),
  type: oneOf(entryTypes),
  pageId: orNull(id<PageId>()),
  spaceId: id<SpaceId>(),
  kind: orNull(oneOf(pageKinds)),
  ownerId: orNull(id<PersonId>()),
  changedAtMs: timeMs,
  archived: Type.Boolean(),
  title: parts,
  snippet: parts,
  excerpt: parts,
  score: Type.Number({ description: 'Higher is better; comparable within one answer.' }),
})

const query = exactly({
  q: Type.String({
    minLength: 1,
    maxLength: searchApiLimits.textLength,
    description:
      'Every word must be there, by its beginning or in another form; words between quotation marks as they stand.',
  }),
  limit: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,2}$' })),
  space: Type.Optional(
    Type.String({ maxLength: 27 * searchApiLimits.spaces, description: 'Ids, with commas between them.' }),
  ),
  type: Type.Optional(
    Type.String({ maxLength: 100, description: `Of ${entryTypes.join(', ')}, with commas between them.` }),
  ),
  kind: Type.Optional(Type.String({ maxLength: 200, description: 'Kinds of pages, with commas between them.' })),
  person: Type.Optional(id<PersonId>()),
  after: Type.Optional(
    Type.String({ pattern: '^[0-9]{1,15}$', description: 'Changed since this moment (milliseconds).' }),
  ),
  archived: Type.Optional(oneOf(['true', 'false'])),
})

/** Words in everything that one may read, for pages that are not on one's laptop. */
export function searchRoutes(app: App, services: Services): void {
  app.get(
    '/api/search',
    {
      config: { access: { signedIn: true } },
      schema: {
        summary: 'Searches everything that one may read now, the best first',
        description:
          'Follows changes by a second or so. `complete` is false while the index is being made: what is found is true, and not everything.',
        tags: ['search'],
        security: bearer,
        querystring: query,
        response: answers(200, Type.Object({ hits: Type.Array(hit), complete: Type.Boolean() })),
      },
    },
    async (request, reply) => {
      const { session, actor } = askerOf(request)
      const { q: text, limit = '20' } = request.query
      const question = { text, limit: Math.min(Number(limit), searchApiLimits.hits), filter: filterOf(request.query) }
      const found = await services.search.find({ ...actor, personId: session.person.id }, question)
      if (!found.ok)
        throw new Refused('rate-limited', {
          retryAfterMs: busyMs,
          detail: 'Earlier questions are not answered yet: wait for them.',
        })
      void reply.header('cache-control', 'no-store')
      return { hits: found.value.hits.map(answerOf), complete: found.value.complete }
    },
  )
}

interface Asked {
  readonly space?: string
  readonly type?: string
  readonly kind?: string
  readonly person?: PersonId
  readonly after?: string
  readonly archived?: 'true' | 'false'
}

function filterOf({ space, type, kind, person, after, archived }: Asked): SearchFilter {
  return {
    ...(space === undefined ? {} : { spaceIds: listed(space).flatMap((each) => parseId<SpaceId>(each) ?? []) }),
    ...(type === undefined ? {} : { types: entryTypes.filter((each) => listed(type).includes(each)) }),
    ...(kind === undefined ? {} : { kinds: pageKinds.filter((each) => listed(kind).includes(each)) }),
    ...(person === undefined ? {} : { ownerId: person }),
    ...(after === undefined ? {} : { changedAfterMs: Number(after) }),
    ...(archived === undefined ? {} : { archived: archived === 'true' }),
  }
}

const listed = (text: string): readonly string[] => text.split(',')

function answerOf({ title, snippet, excerpt, ...rest }: SearchHit) {
  return { ...rest, title: [...title], snippet: [...snippet], excerpt: [...excerpt] }
}
