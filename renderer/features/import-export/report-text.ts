import type { ImportProblem } from '../../../model/markdown/import-survey.ts'
import type { PageNode } from '../../../model/page-content.ts'
import { problemGroups } from './problem-groups.ts'

/** The words of a report, in the language of the screen. */
export interface ReportWords {
  readonly title: string
  readonly lead: string
  readonly reasonOf: (reason: ImportProblem['reason']) => string
  /** Where more was found than is named. */
  readonly more: string | null
}

/** A report as the body of a page. */
export function reportBody(problems: readonly ImportProblem[], words: ReportWords): PageNode {
  const groups = problemGroups(problems).flatMap(([reason, group]) => [
    { type: 'heading', attrs: { level: 2 }, content: [text(words.reasonOf(reason))] },
    { type: 'bulletList', content: group.map((problem) => listItem(problem)) },
  ])
  const more = words.more === null ? [] : [paragraph([text(words.more)])]
  return { type: 'doc', content: [paragraph([text(words.lead)]), ...groups, ...more] }
}

/** A report as a text file. */
export function reportMarkdown(problems: readonly ImportProblem[], words: ReportWords): string {
  const groups = problemGroups(problems).map(([reason, group]) => {
    const lines = group.map(({ path, detail }) => `- \`${path}\`${detail === '' ? '' : ` ${detail}`}`)
    return `## ${words.reasonOf(reason)}\n\n${lines.join('\n')}\n`
  })
  return [`# ${words.title}\n`, `${words.lead}\n`, ...groups, ...(words.more === null ? [] : [`${words.more}\n`])].join(
    '\n',
  )
}

function listItem({ path, detail }: ImportProblem): PageNode {
  const name: PageNode = { type: 'text', text: path, marks: [{ type: 'code' }] }
  return { type: 'listItem', content: [paragraph(detail === '' ? [name] : [name, text(` ${detail}`)])] }
}

function paragraph(content: readonly PageNode[]): PageNode {
  return { type: 'paragraph', content }
}

function text(value: string): PageNode {
  return { type: 'text', text: value }
}
