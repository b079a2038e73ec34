import {
  commentMaxLength,
  plainText,
  type CommentText,
  type MentionRun,
  type TextRun,
} from '../../../model/comment-text.ts'

/** What stands in a field, and who was chosen from the list while it was written. */
export interface Written {
  readonly text: string
  readonly mentions: readonly MentionRun[]
}

export const nothingWritten: Written = { text: '', mentions: [] }

/** The text of a comment, for changing it. */
export function writtenOf(text: CommentText): Written {
  return { text: plainText(text), mentions: text.filter((run) => typeof run !== 'string') }
}

/** Names of those who were chosen become mentions, wherever they still stand as they were put there. */
export function composeText({ text, mentions }: Written): CommentText {
  const runs: TextRun[] = []
  let rest = text.slice(0, commentMaxLength)
  for (;;) {
    const first = firstMention(rest, mentions)
    if (first === null) break
    if (first.at > 0) runs.push(rest.slice(0, first.at))
    runs.push(first.mention)
    rest = rest.slice(first.at + 1 + first.mention.name.length)
  }
  return rest === '' ? runs : [...runs, rest]
}

function firstMention(
  text: string,
  mentions: readonly MentionRun[],
): { readonly at: number; readonly mention: MentionRun } | null {
  let first: { at: number; mention: MentionRun } | null = null
  for (const mention of mentions) {
    const at = text.indexOf(`@${mention.name}`)
    if (at === -1) continue
    // Of two names that begin alike, the longer one was meant.
    const isBetter =
      first === null || at < first.at || (at === first.at && mention.name.length > first.mention.name.length)
    if (isBetter) first = { at, mention }
  }
  return first
}

export interface MentionQuery {
  /** Where the `@` stands. */
  readonly at: number
  readonly query: string
}

/** What is being typed after an `@` before the caret; null where nothing is. */
export function mentionQuery(text: string, caret: number): MentionQuery | null {
  const match = /(?:^|[\s(])@([\p{L}\p{M}\p{N}'’.-]{0,30}(?: [\p{L}\p{M}'’.-]{0,30})?)$/u.exec(text.slice(0, caret))
  const query = match?.[1]
  return query === undefined ? null : { at: caret - query.length - 1, query }
}

/** Puts a person in the place of what was typed. */
export function takeMention(
  { text, mentions }: Written,
  { at, query }: MentionQuery,
  mention: MentionRun,
): { readonly written: Written; readonly caret: number } {
  const inserted = `@${mention.name} `
  const after = text.slice(at + 1 + query.length).replace(/^ /, '')
  const isKnown = mentions.some(({ person }) => person === mention.person)
  return {
    written: { text: text.slice(0, at) + inserted + after, mentions: isKnown ? mentions : [...mentions, mention] },
    caret: at + inserted.length,
  }
}

/** People whose name has a word that begins as typed; accents and capitals do not matter. */
export function findPeople<P extends { readonly name: string }>(
  people: readonly P[],
  query: string,
  most: number,
): P[] {
  const wanted = fold(query)
  const found = people.filter(({ name }) => {
    const folded = fold(name)
    return folded.startsWith(wanted) || folded.split(' ').some((word) => word.startsWith(wanted))
  })
  return found.slice(0, most)
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
