import { unreachable } from '../model/result.ts'
import type { ProblemReason } from '../model/api.ts'
import { parseId, type PageId } from '../model/ids.ts'
import type { ImportFile } from '../model/markdown/import-tree.ts'
import { may } from '../model/permission.ts'
import { importMarkdown } from './import-markdown.ts'
import { createOrganisation, defaultSpaceNames } from './organisation.ts'
import { problemOf, Refused } from './problem.ts'
import { spaceThing } from './routes/access.ts'
import { serverUrlOf, type Services } from './services.ts'
import { emailKeyOf, type PersonRecord } from './store/directory.ts'

interface Create {
  readonly command: 'create-organisation'
  readonly name: string
  readonly personName: string
  readonly email: string
  readonly password: string
}

interface Import {
  readonly command: 'import-markdown'
  readonly spaceId: string
  /** E-mail of the person whose pages they will be. */
  readonly as: string
  /** The page that the tree goes under; empty for the top of the space. */
  readonly parent: string
  readonly files: readonly ImportFile[]
  /** What the command line left out by itself. */
  readonly skipped: readonly Skipped[]
}

interface Invite {
  readonly command: 'invite'
  readonly role: 'member' | 'guest'
  /** E-mail of an administrator; empty for the first one. */
  readonly as: string
}

interface SetPassword {
  readonly command: 'set-password'
  readonly email: string
  readonly password: string
}

interface ListSpaces {
  readonly command: 'list-spaces'
}

/** What `npm run admin` asks of a server, running or stopped. Values survive structured cloning. */
export type AdminCommand = Create | Import | Invite | SetPassword | ListSpaces

export interface Skipped {
  readonly path: string
  readonly reason: string
}

/** Lines to print, and the exit code: 0 only where what was asked is done. */
export interface AdminAnswer {
  readonly exitCode: number
  readonly lines: readonly string[]
}

export async function runAdminCommand(command: AdminCommand, services: Services): Promise<AdminAnswer> {
  switch (command.command) {
    case 'create-organisation':
      return create(command, services)
    case 'import-markdown':
      return importFolder(command, services)
    case 'invite':
      return invite(command, services)
    case 'set-password':
      return setPassword(command, services)
    case 'list-spaces':
      return listSpaces(services)
    default:
      return unreachable(command)
  }
}

async function create({ name, personName, email, password }: Create, services: Services): Promise<AdminAnswer> {
  const created = await createOrganisation({ name, personName, email, password, ...defaultSpaceNames }, services)
  if (!created.ok) return refused(created.error)
  return done([
    `Created ${name}. ${created.value.email} is its administrator; sign in at ${addressOf(services)}.`,
    ...(await spaceLines(services)),
  ])
}

async function importFolder({ spaceId, as, parent, files, skipped }: Import, services: Services): Promise<AdminAnswer> {
  const person = await personBy(as, services)
  if (person === undefined) return wrong(`There is nobody with the e-mail ${as}.`)
  const space = services.syncServer.spaces().find((each) => each.spaceId === spaceId)
  if (space === undefined) return wrong(`There is no space ${spaceId}. "list-spaces" names them all.`)
  const role =
    (await services.syncServer.membershipsOf(person.id)).find((each) => each.spaceId === space.spaceId)?.role ?? null
  const actor = { personId: person.id, organisationRole: person.role, suspended: person.suspended }
  if (!may(actor, 'create-shared-page', spaceThing(space, role)))
    return wrong(`${as} may not make pages in ${space.name}: that takes the role editor there.`)
  const parentId = parseId<PageId>(parent)
  if (parent !== '' && parentId === undefined) return wrong(`${parent} is no page id.`)
  const target = { spaceId: space.spaceId, parent: parentId ?? null, authorId: person.id }
  const report = await importMarkdown(files, target, services)
  if (!report.ok) return refused(report.error)
  return importReport({ ...report.value, skipped: [...report.value.skipped, ...skipped] }, space.name)
}

interface ImportReport {
  readonly pages: readonly { readonly path: string; readonly warnings: readonly string[] }[]
  readonly skipped: readonly Skipped[]
}

// Whoever imports a whole disk wants to see what matters; the rest is counted.
const maxNamed = 200

/** What became of every file. Markdown that did not come in is always named; other files up to a point. */
function importReport({ pages, skipped }: ImportReport, spaceName: string): AdminAnswer {
  const fromFiles = pages.filter(({ path }) => !path.endsWith('/'))
  const folders = pages.length - fromFiles.length
  const lost = skipped.filter(({ reason }) => !leftAside.includes(reason))
  const others = skipped.filter(({ reason }) => leftAside.includes(reason))
  const changed = fromFiles.filter(({ warnings }) => warnings.length > 0)
  return {
    exitCode: fromFiles.length > 0 ? 0 : 1,
    lines: [
      `Imported ${fromFiles.length} pages into ${spaceName}${folders > 0 ? `, and ${folders} for folders` : ''}.`,
      ...lost.map(notImported),
      ...others.slice(0, maxNamed).map(notImported),
      ...(others.length > maxNamed
        ? [`Not imported: ${others.length - maxNamed} more files that are no Markdown or links to another place`]
        : []),
      ...changed
        .slice(0, maxNamed)
        .map(
          ({ path, warnings }) => `Imported with changes: ${path} (${[...new Set(warnings.map(reasonOf))].join(', ')})`,
        ),
      ...(changed.length > maxNamed ? [`Imported with changes: ${changed.length - maxNamed} more pages`] : []),
    ],
  }
}

/** What nobody expects to come in: counted beyond `maxNamed`. */
const leftAside = ['not-markdown', 'symbolic-link']

function notImported({ path, reason }: Skipped): string {
  return `Not imported: ${path} (${sentences[reason] ?? reason})`
}

const sentences: Readonly<Record<string, string>> = {
  'not-markdown': 'no Markdown',
  'not-text': 'no text in UTF-8',
  'too-large': 'larger than 5 MB',
  unreadable: 'cannot be read',
  'symbolic-link': 'a link to another place',
}

/** Warnings are `reason: detail`; a report of hundreds of pages names the reasons. */
function reasonOf(warning: string): string {
  return warning.split(':')[0] ?? warning
}

async function invite({ role, as }: Invite, services: Services): Promise<AdminAnswer> {
  const inviter =
    as === ''
      ? (await services.directory.listPeople()).find((each) => each.role === 'administrator' && !each.suspended)
      : await personBy(as, services)
  if (inviter === undefined)
    return wrong(
      as === ''
        ? 'There is no organisation yet: "create-organisation" makes one.'
        : `There is nobody with the e-mail ${as}.`,
    )
  const actor = { personId: inviter.id, organisationRole: inviter.role, suspended: inviter.suspended }
  if (!may(actor, 'invite', { type: 'organisation' })) return wrong(`${as} is no administrator and may not invite.`)
  const { link } = await services.invitations.create({ role, space: null, invitedBy: inviter.id }, addressOf(services))
  return done([link, 'This link lets one person in within 7 days.'])
}

async function setPassword({ email, password }: SetPassword, services: Services): Promise<AdminAnswer> {
  const person = await personBy(email, services)
  if (person === undefined) return wrong(`There is nobody with the e-mail ${email}.`)
  const set = await services.people.setPassword(person.id, password)
  return set.ok ? done([`${person.email} has a new password and is signed out everywhere.`]) : refused(set.error)
}

async function listSpaces(services: Services): Promise<AdminAnswer> {
  const lines = await spaceLines(services)
  return lines.length > 0 ? done(lines) : wrong('There is no organisation yet: "create-organisation" makes one.')
}

/** Personal spaces are their owners' own: not even their names are listed. */
async function spaceLines(services: Services): Promise<readonly string[]> {
  const spaces = services.syncServer.spaces().filter(({ kind }) => kind !== 'personal')
  return spaces.map(({ spaceId, kind, name }) => `${spaceId}  ${kind}  ${name}`)
}

function addressOf(services: Services): string {
  // A stopped server has no port yet: the one it will be started with.
  return serverUrlOf({ config: services.config, port: () => services.port() || services.config.port })
}

async function personBy(email: string, services: Services): Promise<PersonRecord | undefined> {
  return (await services.directory.findByEmail(emailKeyOf(email)))?.person
}

function done(lines: readonly string[]): AdminAnswer {
  return { exitCode: 0, lines }
}

function wrong(sentence: string): AdminAnswer {
  return { exitCode: 1, lines: [sentence] }
}

function refused(reason: ProblemReason): AdminAnswer {
  return wrong(problemOf(new Refused(reason)).detail)
}

/** Parses what came over the control listener; undefined for a command of another version. */
export function parseAdminCommand(value: unknown): AdminCommand | undefined {
  const texts = (...names: readonly string[]) => names.every((name) => typeof field(value, name) === 'string')
  switch (field(value, 'command')) {
    case 'create-organisation':
      return texts('name', 'personName', 'email', 'password') ? (value as Create) : undefined
    case 'import-markdown':
      return texts('spaceId', 'as', 'parent') &&
        isListOf(field(value, 'files'), isImportFile) &&
        isListOf(field(value, 'skipped'), isSkipped)
        ? (value as Import)
        : undefined
    case 'invite':
      return texts('role', 'as') && ['member', 'guest'].includes(String(field(value, 'role')))
        ? (value as Invite)
        : undefined
    case 'set-password':
      return texts('email', 'password') ? (value as SetPassword) : undefined
    case 'list-spaces':
      return { command: 'list-spaces' }
    default:
      return undefined
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function isListOf(value: unknown, isOne: (each: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isOne)
}

function isImportFile(value: unknown): boolean {
  return typeof field(value, 'path') === 'string' && field(value, 'bytes') instanceof Uint8Array
}

function isSkipped(value: unknown): boolean {
  return typeof field(value, 'path') === 'string' && typeof field(value, 'reason') === 'string'
}
