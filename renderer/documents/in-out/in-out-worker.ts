/** The worker of one import or one export: opens this laptop's storage by itself, so that the window only hears how far it is. */
import { apiLimits } from '../../../model/api.ts'
import type { OrganisationId } from '../../../model/ids.ts'
import { runExport } from '../../../model/markdown/export-run.ts'
import { nameOfTitle } from '../../../model/markdown/export-names.ts'
import { runImport } from '../../../model/markdown/import-run.ts'
import { surveyImport, type Progress, type Survey } from '../../../model/markdown/import-survey.ts'
import { openZipWriter } from '../../../model/zip/zip-writer.ts'
import { openDexieStorage } from '../../storage/dexie-storage.ts'
import { StorageFailed, type OrganisationRecord, type OrganisationStorage } from '../../storage/laptop-storage.ts'
import { openFilePlaces } from '../../storage/file-places.ts'
import { channelNameOf, type Envelope } from '../../sync/sync-channel.ts'
import type { ToWorker } from '../../sync/sync-messages.ts'
import type { ImportChoice, ImportPlace } from '../in-out.ts'
import { openChoice } from './blob-source.ts'
import type { FromInOutWorker, ToInOutWorker } from './in-out-messages.ts'
import { LaptopPages } from './laptop-pages.ts'
import { LaptopTarget } from './laptop-target.ts'
import { openZipTarget } from './zip-target.ts'

const stop = { aborted: false }
let organisationId: OrganisationId | null = null
let survey: Survey | null = null

addEventListener('message', ({ data }: MessageEvent<ToInOutWorker>) => {
  handle(data).catch((error: unknown) => {
    console.warn('Import or export', error)
    say({ type: 'failed', reason: reasonOf(error) })
  })
})

async function handle(message: ToInOutWorker): Promise<void> {
  switch (message.type) {
    case 'read':
      organisationId = message.organisationId
      return read(message.choice)
    case 'import':
      return importInto(message.place)
    case 'export':
      organisationId = message.organisationId
      return exportFrom(message)
    case 'stop':
      stop.aborted = true
  }
}

function say(message: FromInOutWorker): void {
  postMessage(message)
}

function reasonOf(error: unknown): Extract<FromInOutWorker, { type: 'failed' }>['reason'] {
  if (error instanceof StorageFailed) return error.reason === 'full' ? 'storage-full' : 'storage'
  const name: unknown = Reflect.get(Object(error), 'name')
  if (name === 'QuotaExceededError') return 'storage-full'
  return name === 'NotReadableError' || name === 'NotFoundError' ? 'file-gone' : 'interrupted'
}

/** Ten times a second is as often as anybody sees a bar move. */
const progressEveryMs = 100
let toldAtMs = 0

function tellProgress(progress: Progress): void {
  const now = performance.now()
  if (now - toldAtMs < progressEveryMs && progress.done > 0) return
  toldAtMs = now
  say({ type: 'progress', progress })
}

const options = { signal: stop, onProgress: tellProgress }

async function read(choice: ImportChoice): Promise<void> {
  const source = await openChoice(choice)
  if (!source.ok) {
    say({ type: 'failed', reason: source.error })
    return
  }
  survey = await surveyImport(source.value, options)
  if (survey !== null) say({ type: 'preview', preview: survey.preview })
}

async function importInto(place: ImportPlace): Promise<void> {
  const found = survey
  if (found === null) return
  await withOrganisation(async ({ record, storage, post, windowId }) => {
    const target = new LaptopTarget({
      organisationId: record.id,
      places: await openFilePlaces(),
      storage,
      place,
      personId: record.personId,
      hasServer: record.serverUrl !== null,
      tell: (changes) => post({ type: 'own-rows', windowId, changes }),
      tellFiles: () => post({ type: 'files-changed', spaceIds: [place.spaceId] }),
      maxFileBytes: apiLimits.defaultMaxFileBytes,
      nowMs: () => Date.now(),
    })
    say({ type: 'imported', report: await runImport(found, target, options) })
  })
}

async function exportFrom({ what, to, token, untitled }: Extract<ToInOutWorker, { type: 'export' }>): Promise<void> {
  await withOrganisation(async ({ record, storage }) => {
    const pages = new LaptopPages({ record, storage, spaceId: what.spaceId, token })
    const plan = await pages.plan(what, { untitled, nowMs: Date.now() })
    if (plan === null) {
      say({ type: 'failed', reason: 'interrupted' })
      return
    }
    const target = await openZipTarget(to)
    const report = await runExport(plan, pages, openZipWriter(Date.now()), { ...options, write: target.write })
    const zip = report.outcome === 'done' ? await target.finish() : await target.giveUp()
    const title = what.pageId === null ? plan.space['name'] : plan.pages[0]?.title
    say({ type: 'exported', report, zip, name: `${nameOfTitle(typeof title === 'string' ? title : '', untitled)}.zip` })
  })
}

interface OpenedOrganisation {
  readonly record: OrganisationRecord
  readonly storage: OrganisationStorage
  readonly windowId: string
  post(message: ToWorker): void
}

async function withOrganisation(work: (organisation: OpenedOrganisation) => Promise<void>): Promise<void> {
  const laptop = await openDexieStorage({ fillRandom: (bytes) => crypto.getRandomValues(bytes) })
  const record = (await laptop.organisations()).find(({ id }) => id === organisationId)
  if (record === undefined) throw new Error('This organisation is not on this laptop any more')
  const channel = new BroadcastChannel(channelNameOf(record.id))
  try {
    await work({
      record,
      storage: laptop.organisation(record.id),
      windowId: crypto.randomUUID(),
      post: (message) => channel.postMessage({ to: 'worker', message } satisfies Envelope),
    })
  } finally {
    channel.close()
    laptop.close()
  }
}
