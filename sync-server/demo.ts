import { randomInt } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as Y from 'yjs'
import type { PageId, PersonId, SpaceId } from '../model/ids.ts'
import { markdownToPage } from '../model/markdown/markdown-to-page.ts'
import { bodyName } from '../model/page.ts'
import { writeBody } from '../model/page-body.ts'
import { organisationRoles, type OrganisationRole } from '../model/permission.ts'
import { sampleVersions } from '../model/sample/gesprekken.ts'
import { sampleOrganisation } from '../model/sample/sample-organisation.ts'
import type { SampleName, SamplePage, SamplePerson, SampleSpace } from '../model/sample/sample-page.ts'
import { fillTalk } from './demo-talk.ts'
import { createOrganisation, defaultSpaceNames } from './organisation.ts'
import { pageFromMarkdown } from './page-writing.ts'
import { orRefuse } from './problem.ts'
import type { Services } from './services.ts'

export interface DemoAccount {
  readonly role: OrganisationRole
  readonly email: string
  readonly password: string
}

interface DemoFile {
  /** False while the sample is being filled: a start that was cut short is finished by the next. */
  readonly filled: boolean
  readonly accounts: readonly DemoAccount[]
}

/** Passwords of the sample, in plain text, so that every start can print them: for looking around, never for an organisation. */
const demoFile = 'demo-accounts.json'

/**
 * Fills the sample organisation into an empty data folder, and gives its accounts at every start. A folder that holds
 * somebody's own organisation is left alone, and then there are no accounts to print.
 */
export async function openDemo(services: Services): Promise<readonly DemoAccount[]> {
  const known = await readDemoFile(services)
  const isEmpty = (await services.directory.getOrganisation()) === undefined
  if (known === undefined && !isEmpty) {
    services.log.warn(
      '--demo leaves this data folder alone: it holds an organisation already. Choose another folder with --data.',
    )
    return []
  }
  const accounts =
    known?.accounts ??
    sampleOrganisation.people
      .filter(({ signsIn }) => signsIn)
      .map(({ role, email }) => ({ role, email, password: mintPassword() }))
  if (known?.filled !== true) {
    await writeDemoFile({ filled: false, accounts }, services)
    await fill(accounts, services)
    await writeDemoFile({ filled: true, accounts }, services)
  }
  return organisationRoles.flatMap((role) => accounts.filter((account) => account.role === role))
}

async function fill(accounts: readonly DemoAccount[], services: Services): Promise<void> {
  const passwords = new Map(accounts.map(({ email, password }) => [email, password]))
  const people = new Map<SampleName, PersonId>()
  // The founder first: everybody else joins what the founder makes.
  const ordered = sampleOrganisation.people.toSorted(
    (a, b) => organisationRoles.indexOf(a.role) - organisationRoles.indexOf(b.role),
  )
  // Nobody signs in as the others: one password for all of them, which is told to nobody.
  const untold = { password: `${mintPassword()} ${mintPassword()}` }
  for (const person of ordered) {
    const password = passwords.get(person.email)
    people.set(person.key, await addPerson(person, password === undefined ? untold : { password }, services))
  }
  await services.members.settle()
  for (const space of sampleOrganisation.spaces) await fillSpace(space, people, services)
}

interface Secret {
  readonly password: string
  /** Hashing takes its time on purpose: once for all who share a password. */
  hash?: string
}

async function addPerson({ name, email, role }: SamplePerson, secret: Secret, services: Services): Promise<PersonId> {
  const { password } = secret
  const known = await services.directory.findByEmail(email.toLowerCase())
  if (known !== undefined) return known.person.id
  const { personalSpaceName } = defaultSpaceNames
  if (role === 'administrator') {
    const teamSpaceName = firstTeam()?.name ?? defaultSpaceNames.teamSpaceName
    const given = { name: sampleOrganisation.name, personName: name, email, password, teamSpaceName, personalSpaceName }
    const created = await createOrganisation(given, services)
    if (created.ok) return created.value.id
  }
  const newcomer = orRefuse(
    await services.people.prepare({ name, email, password, role, personalSpaceName, invitedTo: null }, secret.hash),
  )
  secret.hash = newcomer.passwordHash
  const { id } = newcomer.person
  await services.directory.addPerson(newcomer, {
    atMs: services.clock.nowMs(),
    verb: 'person-added',
    actorId: null,
    subjectId: id,
    detail: role,
  })
  return id
}

/** The sample's first team is the organisation's first team space. */
function firstTeam(): SampleSpace | undefined {
  return sampleOrganisation.spaces.find(({ kind }) => kind === 'team')
}

async function fillSpace(
  space: SampleSpace,
  people: ReadonlyMap<SampleName, PersonId>,
  services: Services,
): Promise<void> {
  const personOf = (name: SampleName): PersonId => {
    const id = people.get(name)
    if (id === undefined) throw new Error(`The sample has nobody called ${name}`)
    return id
  }
  const spaceId = await findOrMakeSpace(space, personOf, services)
  for (const { person, role } of space.members)
    orRefuse(await services.members.set(spaceId, personOf(person), role, null))
  const titles = new Map((await services.pages.list(spaceId)).map(({ title, id }) => [title, id]))
  const write = async (pages: readonly SamplePage[], parent: PageId | null): Promise<void> => {
    for (const page of pages) {
      const id =
        titles.get(page.title) ??
        (await writePage(page, { spaceId, parent, authorId: personOf(page.keeper) }, services))
      await write(page.children, id)
    }
  }
  await write(space.pages, null)
  const pages = new Map((await services.pages.list(spaceId)).map(({ title, id }) => [title, id]))
  await fillTalk({ spaceId, pages, personOf }, services)
}

async function findOrMakeSpace(
  space: SampleSpace,
  personOf: (name: SampleName) => PersonId,
  services: Services,
): Promise<SpaceId> {
  const known = services.syncServer.spaces().find(({ name, kind }) => name === space.name && kind === space.kind)
  if (known !== undefined) return known.spaceId
  const owner = space.members.find(({ role }) => role === 'owner') ?? space.members[0]
  if (owner === undefined) throw new Error('A space of the sample has no members')
  return services.syncServer.createSpace({ name: space.name, kind: space.kind, ownerId: personOf(owner.person) })
}

async function writePage(
  page: SamplePage,
  place: { readonly spaceId: SpaceId; readonly parent: PageId | null; readonly authorId: PersonId },
  services: Services,
): Promise<PageId> {
  const { title, kind, icon, markdown } = page
  const version = sampleVersions.find((each) => each.page === title)
  const sectionAt = version === undefined ? -1 : markdown.lastIndexOf('\n## ')
  const written = sectionAt === -1 ? markdown : markdown.slice(0, sectionAt)
  const id = orRefuse(await services.pages.create({ ...place, kind, title, icon, ...pageFromMarkdown(title, written) }))
  if (version === undefined) return id
  const record = await services.syncServer.document(id)
  if (record !== undefined) {
    const { name } = version
    await services.syncServer.versions?.keepNow(record, { reason: 'by-hand', name, personId: place.authorId })
  }
  await services.syncServer.updateDocument(id, (doc) => appendBody(doc, markdown.slice(sectionAt)))
  return id
}

/** Writes blocks below what a page holds already. */
function appendBody(doc: Y.Doc, markdown: string): void {
  const aside = new Y.Doc()
  const blocks = aside.getXmlFragment(bodyName)
  aside.transact(() => writeBody(blocks, markdownToPage(markdown).body))
  doc.getXmlFragment(bodyName).push(
    blocks
      .toArray()
      .filter((block) => block instanceof Y.XmlElement)
      .map((block) => block.clone()),
  )
  aside.destroy()
}

const syllables = [
  'ba',
  'de',
  'fi',
  'go',
  'hu',
  'ka',
  'le',
  'mi',
  'no',
  'pu',
  'ra',
  'se',
  'ti',
  'vo',
  'wu',
  'za',
] as const

/** Three made-up words and a number, 43 random bits: easy to type over, hard to guess. */
function mintPassword(): string {
  const word = () => Array.from({ length: 3 }, () => syllables[randomInt(syllables.length)]).join('')
  return `${word()}-${word()}-${word()}-${randomInt(10, 100)}`
}

async function readDemoFile({ config }: Services): Promise<DemoFile | undefined> {
  try {
    return parseDemoFile(JSON.parse(await readFile(join(config.dataDir, demoFile), 'utf8')))
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && Reflect.get(error, 'code') === 'ENOENT'))
      return undefined
    throw error
  }
}

function parseDemoFile(value: unknown): DemoFile | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const accounts: unknown = Reflect.get(value, 'accounts')
  if (!Array.isArray(accounts) || !accounts.every(isAccount)) return undefined
  return { filled: Reflect.get(value, 'filled') === true, accounts }
}

function isAccount(value: unknown): value is DemoAccount {
  if (typeof value !== 'object' || value === null) return false
  const role: unknown = Reflect.get(value, 'role')
  return (
    organisationRoles.some((each) => each === role) &&
    ['email', 'password'].every((name) => typeof Reflect.get(value, name) === 'string')
  )
}

async function writeDemoFile(file: DemoFile, { config }: Services): Promise<void> {
  const path = join(config.dataDir, demoFile)
  await writeFile(`${path}.new`, JSON.stringify(file, null, 2), { mode: 0o600 })
  await rename(`${path}.new`, path)
}
