import { isPageKind, type PageKind } from '../kinds.ts'

/** What an exported page says of itself above its text: YAML whose values are written as JSON, which YAML contains. */
export interface PageFrontMatter {
  /** The page's id where it was exported; for links, never taken over. */
  readonly id: string | null
  readonly title: string | null
  readonly icon: string | null
  readonly labels: readonly string[]
  readonly kind: PageKind | null
  /** Its place among its siblings, from 1. */
  readonly order: number | null
  /** When it was last changed, as ISO 8601; for whoever reads the file, an import cannot take it over. */
  readonly changed: string | null
}

/** What stands above the text of a Markdown file, and the text. */
export interface SplitMarkdown {
  readonly front: string | null
  readonly text: string
}

export function splitFrontMatter(markdown: string): SplitMarkdown {
  const text = markdown.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n')
  const found = /^---[ \t]*\n([\s\S]*?)\n---[ \t]*(?:\n|$)/.exec(text)
  return found === null ? { front: null, text } : { front: found[1] ?? '', text: text.slice(found[0].length) }
}

export function writeFrontMatter(page: PageFrontMatter): string {
  const lines = [
    'plein: 1',
    ...(page.id === null ? [] : [`id: ${page.id}`]),
    `title: ${JSON.stringify(page.title ?? '')}`,
    ...(page.icon === null ? [] : [`icon: ${JSON.stringify(page.icon)}`]),
    ...(page.labels.length === 0 ? [] : [`labels: ${JSON.stringify(page.labels)}`]),
    ...(page.kind === null ? [] : [`kind: ${page.kind}`]),
    ...(page.order === null ? [] : [`order: ${page.order}`]),
    ...(page.changed === null ? [] : [`changed: ${page.changed}`]),
  ]
  return `---\n${lines.join('\n')}\n---\n\n`
}

const ownKeys = new Set(['plein', 'id', 'title', 'icon', 'labels', 'kind', 'order', 'changed'])

/** Reads what `writeFrontMatter` wrote; null for any other front matter. `rest` are lines that somebody added. */
export function readOwnFrontMatter(front: string): { readonly page: PageFrontMatter; readonly rest: string } | null {
  if (!/^plein: 1$/m.test(front)) return null
  const values = new Map<string, unknown>()
  const rest: string[] = []
  for (const line of front.split('\n')) {
    const [, key = '', value = ''] = /^([a-z]+): (.*)$/.exec(line) ?? []
    if (ownKeys.has(key) && !values.has(key)) values.set(key, readJson(value))
    else rest.push(line)
  }
  const labels = values.get('labels')
  const [kind, order] = [values.get('kind'), values.get('order')]
  return {
    page: {
      id: textOrNull(values.get('id')),
      title: textOrNull(values.get('title')),
      icon: textOrNull(values.get('icon')),
      labels: Array.isArray(labels) ? labels.filter((label) => typeof label === 'string').slice(0, 50) : [],
      kind: isPageKind(kind) ? kind : null,
      order: typeof order === 'number' && Number.isFinite(order) ? order : null,
      changed: textOrNull(values.get('changed')),
    },
    rest: rest.join('\n').trim(),
  }
}

/** Bare words are text too: `id` and `kind` are written without quotes. */
function readJson(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    // No JSON: the words as they stand.
    return value.trim()
  }
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
