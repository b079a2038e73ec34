import { Socket } from 'node:net'
import { Type } from '@fastify/type-provider-typebox'
import { apiLimits, type ProblemReason } from '../../model/api.ts'
import type { PageId } from '../../model/ids.ts'
import type { ImportReport } from '../../model/markdown/import-run.ts'
import { fail, type Result } from '../../model/result.ts'
import type { App } from '../http.ts'
import { importMarkdown, type ImportTarget } from '../import-markdown.ts'
import type { ImportFile } from '../import-worker.ts'
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
        description:
          'Images and other files that the pages show or link to come in too. What did not come in is named with the reason. At most 64 MB and 5,000 files.',
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
      return answerOf(orRefuse(await inTurn(() => importOf(files, target, services))))
    },
  )
}

async function importOf(
  files: readonly ImportFile[],
  target: ImportTarget,
  services: Services,
): Promise<Result<ImportReport, ProblemReason>> {
  const report = await importMarkdown(files, target, services)
  // Files in memory are always there.
  return report.ok || report.error === 'unknown-parent'
    ? (report as Result<ImportReport, 'unknown-parent'>)
    : fail('bad-input')
}

/** What a page says of itself stands with the page; what is no page stands apart. */
function answerOf({ made, problems, files }: ImportReport) {
  const paths = new Set(made.map(({ path }) => path))
  const warnings = Map.groupBy(problems, ({ path }) => path)
  return {
    files,
    pages: made.map((page) => ({
      path: page.path,
      id: page.id,
      title: page.title,
      warnings: (warnings.get(page.path) ?? []).map(({ reason, detail }) => `${reason}: ${detail}`),
    })),
    skipped: problems.filter(({ path }) => !paths.has(path)).map(({ path, reason }) => ({ path, reason })),
  }
}

/** `Buffer.from` passes over what is no base64: then the file would come in damaged and nobody would know. */
function decode(path: string, base64: string): Uint8Array {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.toString('base64').replace(/=+$/, '') === base64.replace(/=+$/, '')) return bytes
  throw new Refused('bad-input', { detail: `The content of ${path} is not base64.` })
}
