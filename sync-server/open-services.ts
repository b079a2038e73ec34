import { randomFillSync } from 'node:crypto'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { fileHashesIn } from '../model/file-hashes.ts'
import type { FillRandom } from '../model/ids.ts'
import { fail, ok, type Result } from '../model/result.ts'
import type { Compactor } from './compaction.ts'
import { compactInThread } from './compaction-thread.ts'
import type { Config } from './config.ts'
import { openDataFolder, type DataFolder } from './data-folder.ts'
import { FileShelf } from './files.ts'
import { guardedSchedule } from './guarded-schedule.ts'
import { Invitations } from './invitations.ts'
import type { Log } from './log.ts'
import { openMailer } from './mailer.ts'
import { Members } from './members.ts'
import { Pages } from './pages.ts'
import { People } from './people.ts'
import type { ServerState, Services } from './services.ts'
import { auditOfAsk } from './requests/audit-ask.ts'
import type { SearchCall } from './search/search-calls.ts'
import { searchInThread } from './search/search-thread.ts'
import { ServerSearch } from './search/search.ts'
import { Passwords } from './sign-in/passwords.ts'
import { mintCode } from './sign-in/secrets.ts'
import { Sessions } from './sign-in/sessions.ts'
import { SignIn } from './sign-in/sign-in.ts'
import { directoryMigrations } from './store/directory-tables.ts'
import { fileMigrations, FileTables } from './store/file-tables.ts'
import { openDatabase, troubleOf } from './store/open-database.ts'
import { SqliteDirectory } from './store/sqlite-directory.ts'
import { SqliteStore } from './store/sqlite-store.ts'
import { SqliteVersionStore } from './store/sqlite-version-store.ts'
import { syncMigrations } from './store/sync-migrations.ts'
import type { Clock, Log as SyncLog } from './sync-options.ts'
import { SyncServer } from './sync-server.ts'
import { systemSchedule } from './system-schedule.ts'
import { Tickets } from './tickets.ts'
import { uploadLimits, Uploads } from './uploads.ts'
import { readVersion } from './version.ts'

/** What may change while the server runs; written by whoever starts and ends it. */
export interface Running {
  state: ServerState
  port: number
}

export interface OpenServices {
  readonly services: Services
  readonly running: Running
  /** Commits what is here, closes the store and lets go of the data folder. */
  close(): Promise<void>
}

/** The complete server but for its sockets: what `npm run admin` works with while the server is stopped. A sentence where the data folder cannot be used. */
export async function openServices(config: Config, log: Log): Promise<Result<OpenServices, string>> {
  const folder = openDataFolder(config.dataDir)
  if (!folder.ok) return fail(folder.error.sentence)
  try {
    const database = openDatabase(config.dataDir, [syncMigrations, directoryMigrations, fileMigrations])
    return ok(await wire({ config, log, folder: folder.value, database }))
  } catch (error) {
    folder.value.release()
    const trouble = troubleOf(error)
    if (trouble.reason === 'rejected') throw error
    return fail(trouble.message)
  }
}

interface Parts {
  readonly config: Config
  readonly log: Log
  readonly folder: DataFolder
  readonly database: DatabaseSync
}

const clock: Clock = { nowMs: () => Date.now() }
const random: FillRandom = (bytes) => randomFillSync(bytes)

async function wire({ config, log, folder, database }: Parts): Promise<OpenServices> {
  const running: Running = { state: 'starting', port: 0 }
  const version = readVersion()
  const store = new SqliteStore(database)
  const directory = new SqliteDirectory(database)
  const compactor = compactInThread()
  const shelf = openFiles(config, database)
  const { syncServer, searching } = await openSync({ config, log, database, store, directory, shelf, compactor })
  const passwords = new Passwords()
  const sessions = new Sessions({ directory, clock, random, onEnded: (id) => syncServer.endSession(id) })
  const people = new People({ directory, syncServer, sessions, passwords, clock, random })
  const members = new Members({ directory, store, syncServer, clock })
  const services: Services = {
    config,
    version,
    log,
    clock,
    random,
    directory,
    syncServer,
    sessions,
    people,
    members,
    tickets: new Tickets(() => clock.nowMs()),
    signIn: new SignIn(directory, passwords, clock),
    invitations: openInvitations({ config, log, directory, people }),
    pages: new Pages(syncServer),
    search: searching.search,
    ...shelf,
    setupCode: mintCode(),
    state: () => running.state,
    port: () => running.port,
  }
  await passwords.prepare()
  await members.settle()
  await shelf.files.adoptOldLayout()
  const endSweeping = sweepHourly(shelf.uploads, log)
  return {
    services,
    running,
    async close() {
      endSweeping()
      await syncServer.drain()
      await searching.close()
      await compactor.close()
      await store.close()
      database.close()
      folder.release()
    },
  }
}

type SyncParts = Pick<Parts, 'config' | 'log' | 'database'> & {
  readonly store: SqliteStore
  readonly directory: SqliteDirectory
  readonly shelf: Pick<Services, 'files'>
  readonly compactor: Compactor
}

/** The sync core, and the search that follows it. */
async function openSync({ config, log, database, store, directory, shelf, compactor }: SyncParts) {
  let search: ServerSearch | null = null
  const syncServer = new SyncServer({
    ...{ store, clock, random, compactor },
    schedule: guardedSchedule(systemSchedule, syncLog(log)),
    onAccepted: ({ actorId, ask }) => directory.note(auditOfAsk(actorId, ask, clock.nowMs())),
    onMoving: ({ from, to, update }) => shelf.files.share(fileHashesIn(update), from, to),
    log: syncLog(log),
    serverVersion: readVersion(),
    versions: new SqliteVersionStore(database),
    onChanged: (record) => search?.changed(record),
  })
  await syncServer.start()
  const searching = openSearch({ config, log, syncServer })
  search = searching.search
  return { syncServer, searching }
}

interface Searching {
  readonly search: ServerSearch
  close(): Promise<void>
}

function openSearch({ config, log, syncServer }: Pick<Services, 'config' | 'log' | 'syncServer'>): Searching {
  const path = join(config.dataDir, 'search.db')
  const worker = searchInThread({ path, generation: syncServer.generation })
  const ask = (call: SearchCall) => worker.ask(call)
  const schedule = guardedSchedule(systemSchedule, syncLog(log))
  const search = new ServerSearch({ source: syncServer, ask, schedule, clock, log: syncLog(log) })
  search.start()
  return {
    search,
    close() {
      search.stop()
      return worker.close()
    },
  }
}

function openFiles({ dataDir, maxFileBytes }: Config, database: DatabaseSync): Pick<Services, 'files' | 'uploads'> {
  const tables = new FileTables(database)
  const files = new FileShelf(dataDir, tables, clock)
  return { files, uploads: new Uploads({ shelf: files, tables, clock, random, limits: uploadLimits(maxFileBytes) }) }
}

/** Uploads that were given up make room, whether or not anybody asks. */
function sweepHourly(uploads: Uploads, log: Log): () => void {
  const sweep = () => {
    uploads.sweep().catch((error: unknown) => log.warn({ err: error }, 'Old uploads could not be removed'))
  }
  sweep()
  const timer = setInterval(sweep, 3_600_000)
  timer.unref()
  return () => clearInterval(timer)
}

function openInvitations({
  config,
  log,
  ...parts
}: Pick<Parts, 'config' | 'log'> & Pick<Services, 'directory' | 'people'>): Invitations {
  // Each e-mail has a connection of its own: there is nothing to close.
  const mailer = config.mail === null ? null : openMailer(config.mail, log)
  return new Invitations({ ...parts, clock, random, mailer })
}

function syncLog(log: Log): SyncLog {
  const part = log.child({ part: 'sync' })
  return (level, message, details = {}) => {
    part[level](details, message)
  }
}
