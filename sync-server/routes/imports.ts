import { Socket } from 'node:net'
import { Type } from '@fastify/type-provider-typebox'
import { apiLimits } from '../../model/api.ts'
import type { PageId } from '../../model/ids.ts'
import type { App } from '../http.ts'
import { importMarkdown } from '../import-markdown.ts'
import { orRefuse, Refused } from '../problem.ts'
import type { Services } from '../services.ts'
import { askerOf, spaceOf } from './access.ts'
import { answers, bearer, exactly, id, imported } from './schemas.ts'

/** Imports are big in memory while they run: one at a time, the next one waits. */
export function importRoutes(app: App, services: Services): void {
  let running = Promise.resolve()
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const result = running.then(run)
    running = result.then(
      () => {},
      () => {},
    )
    return result
  }

  app.post(
    '/api/spaces/:spaceId/imports',
    {
      config: { access: { space: 'create-shared-page' } },
      bodyLimit: Math.ceil((apiLimits.importBytes * 4) / 3) + apiLimits.jsonBytes,
      schema: {
        summary: 'Makes a tree of pages from a folder of Markdown',
        description: 'Files that did not come in are named with the reason. At most 64 MB and 5,000 files.',
        tags: ['pages'],
        security: bearer,
        params: Type.Object({ spaceId: Type.String() }),
        body: exactly({
          files: Type.Array(exactly({ path: Type.String({ minLength: 1, maxLength: 1000 }), base64: Type.String() }), {
            minItems: 1,
            maxItems: apiLimits.importFiles,
          }),
          parent: Type.Optional(id<PageId>()),
        }),
        response: answers(200, imported),
      },
    },
    async (request) => {
      // Thousands of files take longer to read than a silent connection may last.
      if (request.raw.socket instanceof Socket) request.raw.socket.setTimeout(0)
      const files = request.body.files.map(({ path, base64 }) => ({ path, bytes: decode(path, base64) }))
      const target = {
        spaceId: spaceOf(request).record.spaceId,
        parent: request.body.parent ?? null,
        authorId: askerOf(request).session.person.id,
      }
      const report = orRefuse(await inTurn(() => importMarkdown(files, target, services)))
      return {
        pages: [...report.pages.map((made) => ({ ...made, warnings: [...made.warnings] }))],
        skipped: [...report.skipped],
      }
    },
  )
}

/** `Buffer.from` passes over what is no base64: then the file would come in damaged and nobody would know. */
function decode(path: string, base64: string): Uint8Array {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.toString('base64').replace(/=+$/, '') === base64.replace(/=+$/, '')) return bytes
  throw new Refused('bad-input', { detail: `The content of ${path} is not base64.` })
}
