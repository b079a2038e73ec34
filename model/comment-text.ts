import { isId, type PersonId } from './ids.ts'

/** Somebody who is named in a text, with the name that its writer saw: shown where the person is not known (any more). */
export interface MentionRun {
  readonly person: PersonId
  readonly name: string
}

export type TextRun = string | MentionRun

/** What a comment says: plain text, with line breaks, and mentions. There is no markup, so none can be smuggled in. */
export type CommentText = readonly TextRun[]

export const commentMaxLength = 10_000
export const commentMaxRuns = 200
const nameMaxLength = 200

/** Parses a text from outside; undefined where it has not the form, is too long or says nothing. */
export function parseCommentText(value: unknown): CommentText | undefined {
  if (!Array.isArray(value) || value.length === 0 || value.length > commentMaxRuns) return undefined
  const runs: TextRun[] = []
  let length = 0
  for (const part of value as readonly unknown[]) {
    const run = parseRun(part)
    if (run === undefined) return undefined
    length += typeof run === 'string' ? run.length : run.name.length
    if (length > commentMaxLength) return undefined
    runs.push(run)
  }
  return runs
}

function parseRun(part: unknown): TextRun | undefined {
  if (typeof part === 'string') return part
  if (typeof part !== 'object' || part === null || Object.keys(part).length !== 2) return undefined
  const { person, name } = part as Readonly<Record<string, unknown>>
  if (!isId(person) || typeof name !== 'string' || name.length > nameMaxLength) return undefined
  return { person: person as PersonId, name }
}

/** As it is stored: neighbouring texts joined, no control characters but line breaks, nothing blank at its ends. */
export function cleanCommentText(text: CommentText): CommentText {
  const runs: TextRun[] = []
  for (const run of text) {
    const last = runs.at(-1)
    if (typeof run !== 'string') runs.push({ person: run.person, name: run.name.slice(0, nameMaxLength) })
    else if (typeof last === 'string') runs[runs.length - 1] = last + withoutControls(run)
    else runs.push(withoutControls(run))
  }
  const first = runs[0]
  if (typeof first === 'string') runs[0] = first.trimStart()
  const last = runs.at(-1)
  if (typeof last === 'string') runs[runs.length - 1] = last.trimEnd()
  return runs.filter((run) => run !== '')
}

function withoutControls(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is taken out
  return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
}

/** As plain words, for search, previews and copying. */
export function plainText(text: CommentText): string {
  return text.map((run) => (typeof run === 'string' ? run : `@${run.name}`)).join('')
}

export function mentionedIn(text: CommentText): readonly PersonId[] {
  return [...new Set(text.flatMap((run) => (typeof run === 'string' ? [] : [run.person])))]
}
