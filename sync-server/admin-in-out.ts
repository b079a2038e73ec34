import { readdir } from 'node:fs/promises'
import { parseId, type PageId } from '../model/ids.ts'
import type { ExportReport } from '../model/markdown/export-run.ts'
import type { ImportReport } from '../model/markdown/import-run.ts'
import type { ImportProblem } from '../model/markdown/import-survey.ts'
import { may } from '../model/permission.ts'
import { unreachable } from '../model/result.ts'
import type { AdminAnswer } from './admin-commands.ts'
import type { DiskRefusal } from './disk-source.ts'
import { exportMarkdown, type ExportRefused } from './export-markdown.ts'
import { importMarkdown, type ImportRefused } from './import-markdown.ts'
import { problemOf, Refused } from './problem.ts'
import { spaceThing } from './routes/access.ts'
import type { Services } from './services.ts'
import { emailKeyOf, type PersonRecord } from './store/directory.ts'
import type { SpaceRecord } from './store/store.ts'

export interface Import {
  readonly command: 'import-markdown'
  readonly spaceId: string
  /** E-mail of the person whose pages they will be. */
  readonly as: string
  /** The page that the tree goes under; empty for the top of the space. */
  readonly parent: string
  /** A folder or a zip on the computer of the server, as a whole path. */
  readonly from: string
}

export interface Export {
  readonly command: 'export-markdown'
  readonly spaceId: string
  /** Empty for the whole space. */
  readonly page: string
  /** E-mail of the person whose notes go along; empty for nobody's. */
  readonly as: string
  readonly to: string
}

const spaceAdvice = '"list-spaces" names them all.'

export async function importFolder(command: Import, services: Services): Promise<AdminAnswer> {
  const { as, parent, from } = command
  const person = await personBy(as, services)
  if (person === undefined) return wrong(`There is nobody with the e-mail ${as}.`)
  const space = spaceBy(command.spaceId, services)
  if (space === undefined) return wrong(`There is no space ${command.spaceId}. ${spaceAdvice}`)
  if (!(await mayImport(person, space, services)))
    return wrong(`${as} may not make pages in ${space.name}: that takes the role editor there.`)
  const parentId = parseId<PageId>(parent)
  if (parent !== '' && parentId === undefined) return wrong(`${parent} is no page id.`)
  const target = { spaceId: space.spaceId, parent: parentId ?? null, authorId: person.id }
  const report = await importMarkdown(from, target, services)
  return report.ok ? importReport(report.value, space.name) : wrong(importRefusal(report.error, from))
}

async function mayImport(person: PersonRecord, space: SpaceRecord, { syncServer }: Services): Promise<boolean> {
  const memberships = await syncServer.membershipsOf(person.id)
  const role = memberships.find((each) => each.spaceId === space.spaceId)?.role ?? null
  const actor = { personId: person.id, organisationRole: person.role, suspended: person.suspended }
  return may(actor, 'create-shared-page', spaceThing(space, role))
}

function importRefusal(reason: ImportRefused, from: string): string {
  return reason === 'unknown-parent' ? problemOf(new Refused(reason)).detail : diskRefusal(reason, from)
}

function diskRefusal(reason: DiskRefusal, from: string): string {
  switch (reason) {
    case 'not-there':
      return `There is no folder or zip ${from} that the server can read.`
    case 'not-a-zip':
      return `${from} is no folder and no zip.`
    case 'damaged-zip':
      return `${from} is damaged: make or download the zip again.`
    case 'split-zip':
      return `${from} is one part of several: put them together first.`
    case 'too-many-files':
      return `${from} has more than 100,000 files: import its folders one by one.`
    case 'too-many-bytes':
      return `${from} unpacks to more than 8 GB: import its folders one by one.`
    case 'zip-bomb':
      return `${from} unpacks to far more than it is, as no honest zip does. It was not opened.`
    default:
      return unreachable(reason)
  }
}

// Whoever imports a whole disk wants to see what matters; the rest is counted.
const maxNamed = 200

/** What nobody expects to come in: counted beyond `maxNamed`. */
const leftAside: readonly string[] = ['not-referenced', 'hidden', 'symbolic-link']

/** What became of every file. Markdown that did not come in is always named; other files up to a point. */
function importReport(report: ImportReport, spaceName: string): AdminAnswer {
  const made = new Set(report.made.map(({ path }) => path))
  const whole = report.problems.filter(({ path }) => !made.has(path))
  const lost = whole.filter(({ reason }) => !leftAside.includes(reason))
  const others = whole.filter(({ reason }) => leftAside.includes(reason))
  const changed = Map.groupBy(
    report.problems.filter(({ path }) => made.has(path)),
    ({ path }) => path,
  )
  const { pages, folders, files, comments } = report
  const besides = [
    folders > 0 ? `${folders} for folders` : '',
    files > 0 ? `${files} files` : '',
    comments > 0 ? `${comments} comments` : '',
  ].filter(Boolean)
  return {
    exitCode: pages > 0 ? 0 : 1,
    lines: [
      `Imported ${pages} pages into ${spaceName}${besides.map((part) => `, and ${part}`).join('')}.`,
      ...lost.map(notImported),
      ...atMost(
        others.map(notImported),
        (left) => `Not imported: ${left} more files that no page shows, or links to another place`,
      ),
      ...atMost([...changed].map(changedLine), (left) => `Imported with changes: ${left} more pages`),
      ...(report.problemCount > report.problems.length
        ? [`There is more to say than is said here: ${report.problemCount} things in all.`]
        : []),
    ],
  }
}

function atMost(lines: readonly string[], more: (left: number) => string): readonly string[] {
  return lines.length <= maxNamed ? lines : [...lines.slice(0, maxNamed), more(lines.length - maxNamed)]
}

function notImported({ path, reason }: ImportProblem): string {
  return `Not imported: ${path} (${sentences[reason] ?? reason})`
}

/** Images are named: somebody may still have them. Of the rest, a report of hundreds of pages says what kind it is. */
function changedLine([path, problems]: readonly [string, readonly ImportProblem[]]): string {
  const images = problems
    .filter(({ reason }) => reason === 'image-missing')
    .map(({ detail }) => `image-missing: ${detail}`)
  const others = problems.map(({ reason }) => reason).filter((reason) => reason !== 'image-missing')
  return `Imported with changes: ${path} (${[...new Set([...others, ...images])].join(', ')})`
}

const sentences: Readonly<Record<string, string>> = {
  'not-text': 'no text in UTF-8',
  'too-large': 'larger than 5 MB',
  'file-too-large': 'larger than this server takes',
  'not-referenced': 'no Markdown, and no page shows it',
  'not-kept': 'could not be kept',
  'unsafe-path': 'its name leads elsewhere',
  'same-name': 'a second file of that name',
  'unknown-compression': 'packed in a way that is not known here',
  'zip-bomb': 'unpacks to far more than it is',
  'symbolic-link': 'a link to another place',
  encrypted: 'encrypted',
  unreadable: 'cannot be read',
  hidden: 'a hidden file',
}

export async function exportFolder(command: Export, services: Services): Promise<AdminAnswer> {
  const space = spaceBy(command.spaceId, services)
  // Personal spaces are their owners' own: they export them in the app.
  if (space === undefined || space.kind === 'personal')
    return wrong(`There is no space ${command.spaceId}. ${spaceAdvice}`)
  const person = command.as === '' ? null : await personBy(command.as, services)
  if (person === undefined) return wrong(`There is nobody with the e-mail ${command.as}.`)
  const page = command.page === '' ? null : parseId<PageId>(command.page)
  if (page === undefined) return wrong(`${command.page} is no page id.`)
  const { to } = command
  if (!to.toLowerCase().endsWith('.zip') && !(await isFree(to)))
    return wrong(`${to} is not empty: name a folder that is not there yet, or a file that ends in .zip.`)
  const report = await exportMarkdown({ space, page, notesOf: person?.id ?? null, to }, services)
  return report.ok ? exportReport(report.value, space.name, to) : wrong(exportRefusal(report.error, to))
}

async function isFree(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0
  } catch {
    // Not there, so it will be made; or no folder, which the export itself will meet.
    return true
  }
}

function exportRefusal(refused: ExportRefused, to: string): string {
  if (refused === 'unknown-page') return problemOf(new Refused(refused)).detail
  return `The disk refused to write ${to} (${refused.code}).`
}

function exportReport(report: ExportReport, spaceName: string, to: string): AdminAnswer {
  const { pages, files, comments, missing, outcome } = report
  if (outcome === 'nothing') return wrong(`${spaceName} has no pages to export.`)
  if (outcome !== 'done')
    return wrong(`${spaceName} is more than a zip of 4 GB holds: export it to a folder, or page by page.`)
  return {
    exitCode: missing.length === 0 ? 0 : 1,
    lines: [
      `Exported ${pages} pages, ${files} files and ${comments} comments of ${spaceName} to ${to}.`,
      ...missing.map(({ title, detail, reason }) => `Not exported: ${detail}, of the page "${title}" (${reason})`),
    ],
  }
}

function spaceBy(spaceId: string, { syncServer }: Services): SpaceRecord | undefined {
  return syncServer.spaces().find((each) => each.spaceId === spaceId)
}

async function personBy(email: string, { directory }: Services): Promise<PersonRecord | undefined> {
  return (await directory.findByEmail(emailKeyOf(email)))?.person
}

function wrong(sentence: string): AdminAnswer {
  return { exitCode: 1, lines: [sentence] }
}
