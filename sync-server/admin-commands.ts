import { unreachable } from '../model/result.ts'
import type { ProblemReason } from '../model/api.ts'
import { may } from '../model/permission.ts'
import { backUp, type Backup } from './admin-backup.ts'
import { exportFolder, importFolder, type Export, type Import } from './admin-in-out.ts'
import { createOrganisation, defaultSpaceNames } from './organisation.ts'
import { problemOf, Refused } from './problem.ts'
import { serverUrlOf, type Services } from './services.ts'
import { emailKeyOf, type PersonRecord } from './store/directory.ts'

interface Create {
  readonly command: 'create-organisation'
  readonly name: string
  readonly personName: string
  readonly email: string
  readonly password: string
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
export type AdminCommand = Create | Import | Export | Invite | SetPassword | ListSpaces | Backup

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
    case 'export-markdown':
      return exportFolder(command, services)
    case 'invite':
      return invite(command, services)
    case 'set-password':
      return setPassword(command, services)
    case 'list-spaces':
      return listSpaces(services)
    case 'backup':
      return backUp({ dataDir: services.config.dataDir, to: command.to, serverVersion: services.version })
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
  const { link } = await services.invitations.create(
    { role, space: null, invitedBy: inviter.id, email: null },
    addressOf(services),
  )
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
      return texts('spaceId', 'as', 'parent', 'from') ? (value as Import) : undefined
    case 'export-markdown':
      return texts('spaceId', 'page', 'as', 'to') ? (value as Export) : undefined
    case 'invite':
      return texts('role', 'as') && ['member', 'guest'].includes(String(field(value, 'role')))
        ? (value as Invite)
        : undefined
    case 'set-password':
      return texts('email', 'password') ? (value as SetPassword) : undefined
    case 'list-spaces':
      return { command: 'list-spaces' }
    case 'backup':
      return texts('to') ? (value as Backup) : undefined
    default:
      return undefined
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
