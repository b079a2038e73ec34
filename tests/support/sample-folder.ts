import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTestServer, sampleVariable } from './start-server.ts'

/**
 * Before all end-to-end tests: has the server make its sample once, so that each test begins with a copy instead of hashing passwords and
 * writing pages again. Answers what takes it away after the last test.
 */
export default async function makeSampleFolder(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'plein-sample-'))
  const server = await openTestServer({ args: ['--demo'], dataDir: folder })
  await server.stop()
  process.env[sampleVariable] = folder
  return () => rm(folder, { recursive: true, force: true })
}
