import { readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join, resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { deserialize, serialize } from 'node:v8'
import { fail, ok, type Result } from '../model/result.ts'
import { runAdminCommand, type AdminAnswer, type AdminCommand } from './admin-commands.ts'
import { backUp, hasData, restore, verifyData, verifyFrom } from './admin-backup.ts'
import { nothingThere } from './backup/make-backup.ts'
import { parseConfig } from './config.ts'
import { controlFile } from './control.ts'
import { openDataFolder } from './data-folder.ts'
import { openLog } from './log.ts'
import { openServices } from './open-services.ts'
import { readVersion } from './version.ts'

const usage = `Usage: npm run admin -- COMMAND [--data DIR]
  create-organisation --name NAME --email EMAIL --person-name NAME --password-stdin
  import-markdown DIR|ZIP --space ID --as EMAIL [--parent PAGE]
  export-markdown --space ID [--page ID] [--as EMAIL] --to ZIP|DIR
  invite [--role member|guest] [--as EMAIL]
  set-password --email EMAIL --password-stdin
  list-spaces
  backup --to FOLDER
  verify [--from BACKUP]
  restore --from BACKUP [--without-damaged]`

const passwordAdvice =
  'Give the password on standard input with --password-stdin: on the command line everybody on this computer could read it.'

process.exitCode = await main()

/** Does one thing on the server of a data folder, whether it is running or stopped. */
async function main(): Promise<number> {
  const parsed = parse(process.argv.slice(2))
  if (!parsed.ok) return complain(parsed.error)
  const answer = await answerTo(parsed.value)
  if (!answer.ok) return complain(answer.error)
  const { exitCode, lines } = answer.value
  const print = exitCode === 0 ? process.stdout : process.stderr
  print.write(`${lines.join('\n')}\n`)
  return exitCode
}

async function answerTo(parsed: Parsed): Promise<Result<AdminAnswer, string>> {
  const { command, argument, flags, dataDir } = parsed
  if (command !== 'verify' && command !== 'restore') {
    const gathered = await gather(parsed)
    return gathered.ok ? run(gathered.value, dataDir) : gathered
  }
  // About folders that no server may have open.
  if (argument !== undefined) return fail(`"${argument}" is too much.\n${usage}`)
  const from = flags.from === undefined ? undefined : fromTypedIn(flags.from)
  if (command === 'verify') return ok(await (from === undefined ? verifyData(dataDir) : verifyFrom(from)))
  if (from === undefined) return fail(`restore needs --from.\n${usage}`)
  return ok(await restore({ from, dataDir, withoutDamaged: flags['without-damaged'] === true }))
}

function complain(sentence: string): number {
  console.error(sentence)
  return 1
}

type Flags = ReturnType<typeof parseFlags>['values']

interface Parsed {
  readonly command: string
  readonly argument: string | undefined
  readonly flags: Flags
  readonly dataDir: string
}

function parseFlags(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    strict: true,
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      name: { type: 'string' },
      email: { type: 'string' },
      'person-name': { type: 'string' },
      'password-stdin': { type: 'boolean' },
      space: { type: 'string' },
      as: { type: 'string' },
      parent: { type: 'string' },
      page: { type: 'string' },
      to: { type: 'string' },
      from: { type: 'string' },
      'without-damaged': { type: 'boolean' },
      role: { type: 'string' },
    },
  })
}

function parse(args: readonly string[]): Result<Parsed, string> {
  try {
    const { values, positionals } = parseFlags(args)
    const [command = '', argument, ...more] = positionals
    if (more.length > 0) return fail(`One thing at a time: "${more.join(' ')}" is too much.\n${usage}`)
    return ok({ command, argument, flags: values, dataDir: dataDirOf(values.data) })
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
  }
}

/** npm changes to the checkout before it runs this; paths mean where somebody typed. */
function fromTypedIn(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), path)
}

/** The same folder as `npm start` uses where nothing else is said. */
function dataDirOf(flag: string | undefined): string {
  const given = flag ?? process.env['PLEIN_DATA']
  return given === undefined ? resolve(import.meta.dirname, '../.plein/data') : fromTypedIn(given)
}

async function gather({ command, argument, flags }: Parsed): Promise<Result<AdminCommand, string>> {
  if (argument !== undefined && command !== 'import-markdown') return fail(`"${argument}" is too much.\n${usage}`)
  switch (command) {
    case 'create-organisation':
      return gatherCreate(flags)
    case 'import-markdown':
      return gatherImport(argument, flags)
    case 'export-markdown':
      return gatherExport(flags)
    case 'invite':
      return gatherInvite(flags)
    case 'set-password':
      return gatherPassword(flags)
    case 'list-spaces':
      return ok({ command })
    case 'backup':
      return flags.to === undefined ? fail(`backup needs --to.\n${usage}`) : ok({ command, to: fromTypedIn(flags.to) })
    default:
      return fail(usage)
  }
}

function gatherInvite({ role = 'member', as = '' }: Flags): Result<AdminCommand, string> {
  if (role !== 'member' && role !== 'guest') return fail('--role is member or guest.')
  return ok({ command: 'invite', role, as })
}

async function gatherCreate(flags: Flags): Promise<Result<AdminCommand, string>> {
  const { name, email } = flags
  if (name === undefined || email === undefined) return fail(`create-organisation needs --name and --email.\n${usage}`)
  if (flags['password-stdin'] !== true) return fail(passwordAdvice)
  const password = await readPassword()
  const personName = flags['person-name'] ?? email.split('@')[0] ?? email
  return ok({ command: 'create-organisation', name, personName, email, password })
}

async function gatherPassword({ email, 'password-stdin': fromStdin }: Flags): Promise<Result<AdminCommand, string>> {
  if (email === undefined) return fail(`set-password needs --email.\n${usage}`)
  if (fromStdin !== true) return fail(passwordAdvice)
  return ok({ command: 'set-password', email, password: await readPassword() })
}

/** The first line of standard input. */
async function readPassword(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8').split(/\r?\n/)[0] ?? ''
}

function gatherImport(from: string | undefined, { space, as, parent }: Flags): Result<AdminCommand, string> {
  if (from === undefined || space === undefined || as === undefined) {
    return fail(`import-markdown needs a folder or a zip, --space and --as. "list-spaces" names the spaces.\n${usage}`)
  }
  return ok({ command: 'import-markdown', spaceId: space, as, parent: parent ?? '', from: fromTypedIn(from) })
}

function gatherExport({ space, page, as, to }: Flags): Result<AdminCommand, string> {
  if (space === undefined || to === undefined) {
    return fail(`export-markdown needs --space and --to. "list-spaces" names the spaces.\n${usage}`)
  }
  return ok({ command: 'export-markdown', spaceId: space, page: page ?? '', as: as ?? '', to: fromTypedIn(to) })
}

async function run(command: AdminCommand, dataDir: string): Promise<Result<AdminAnswer, string>> {
  if (command.command === 'backup' && !hasData(dataDir)) return fail(nothingThere(dataDir))
  const folder = openDataFolder(dataDir)
  if (folder.ok) {
    folder.value.release()
    return runStopped(command, dataDir)
  }
  return folder.error.reason === 'in-use' ? runOnServer(command, dataDir) : fail(folder.error.sentence)
}

/** The server is stopped: open its folder and do it here. */
async function runStopped(command: AdminCommand, dataDir: string): Promise<Result<AdminAnswer, string>> {
  // Before anything is brought up to date: a backup is also what one makes before a new version.
  if (command.command === 'backup') return backUpStopped(command.to, dataDir)
  const config = parseConfig(['--data', dataDir], process.env)
  if (!config.ok) return config
  const opened = await openServices(config.value, openLog('error'))
  if (!opened.ok) return opened
  try {
    return ok(await runAdminCommand(command, opened.value.services))
  } finally {
    await opened.value.close()
  }
}

/** Nobody starts a server meanwhile: it would do no harm, but it could bring the tables up to date under our hands. */
async function backUpStopped(to: string, dataDir: string): Promise<Result<AdminAnswer, string>> {
  const folder = openDataFolder(dataDir)
  if (!folder.ok) return fail(folder.error.sentence)
  try {
    return ok(await backUp({ dataDir, to, serverVersion: readVersion() }))
  } finally {
    folder.value.release()
  }
}

async function runOnServer(command: AdminCommand, dataDir: string): Promise<Result<AdminAnswer, string>> {
  const bytes = serialize(command)
  try {
    const { url, secret } = JSON.parse(await readFile(join(dataDir, controlFile), 'utf8')) as {
      url: string
      secret: string
    }
    return ok(deserialize(await post(url, secret, bytes)) as AdminAnswer)
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    return fail(
      `Another program uses ${dataDir}, and it does not answer as a Plein server (${cause}). If it is just starting or stopping, try again in a moment.`,
    )
  }
}

/** Waits for as long as the server takes: `fetch` gives up after five minutes, and a backup of many films takes longer. */
function post(url: string, secret: string, bytes: Uint8Array): Promise<Buffer> {
  return new Promise((settle, reject) => {
    const sent = request(url, { method: 'POST', headers: { authorization: `Bearer ${secret}` } }, (response) => {
      buffer(response).then(settle, reject)
    })
    sent.once('error', reject)
    sent.end(bytes)
  })
}
