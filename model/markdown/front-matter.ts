/** What a page takes from the block of data at the top of a file. */
export interface FrontMatter {
  readonly title: string | null
  readonly labels: readonly string[]
  /** Everything else, as it stood; empty where nothing is left. */
  readonly rest: string
}

const maxLabels = 50

/**
 * Takes the title and the labels out of YAML (`title: …`, `labels: …` or `tags: …`) or TOML (`title = "…"`). Forms that this
 * reader does not know for certain, such as folded text, stay in `rest`: nothing is guessed and nothing is lost.
 */
export function readFrontMatter(text: string, form: 'yaml' | 'toml'): FrontMatter {
  let title: string | null = null
  let labels: readonly string[] = []
  const rest: string[] = []
  for (const entry of entriesOf(text, form)) {
    const { key, value, lines } = entry
    const wantedTitle: string | null = title === null && key === 'title' ? readScalar(value, lines) : null
    const wantedLabels: readonly string[] | null =
      labels.length === 0 && (key === 'labels' || key === 'tags') ? readList(value, lines) : null
    if (wantedTitle !== null) title = wantedTitle
    else if (wantedLabels !== null) labels = wantedLabels
    else rest.push(...lines)
  }
  return { title, labels, rest: rest.join('\n').trim() }
}

interface Entry {
  readonly key: string
  readonly value: string
  /** The line of the key, and those that belong to it. */
  readonly lines: string[]
}

function entriesOf(text: string, form: 'yaml' | 'toml'): Entry[] {
  const pattern = form === 'yaml' ? /^([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(.*))?$/ : /^([A-Za-z][\w-]*)[ \t]*=[ \t]*(.*)$/
  const entries: Entry[] = []
  let isInTable = false
  for (const line of text.split('\n')) {
    // Keys below a TOML table belong to that table.
    if (form === 'toml' && line.startsWith('[')) isInTable = true
    const found = isInTable ? null : pattern.exec(line)
    const last = entries.at(-1)
    if (found !== null)
      entries.push({ key: (found[1] ?? '').toLowerCase(), value: (found[2] ?? '').trim(), lines: [line] })
    else if (last === undefined || isInTable) entries.push({ key: '', value: '', lines: [line] })
    else last.lines.push(line)
  }
  return entries
}

function readScalar(value: string, lines: readonly string[]): string | null {
  if (lines.slice(1).some((line) => line.trim() !== '')) return null
  return readValue(value)
}

/** One value in quotes or plain; null where YAML means something else by it. */
function readValue(value: string): string | null {
  const quoted = /^"([^"\\]*)"$|^'([^']*)'$/.exec(value)
  if (quoted !== null) return (quoted[1] ?? quoted[2] ?? '').trim() || null
  if (value === '' || /^[|>&*!{}[\]"'%@`#-]|:[ \t]|[ \t]#/.test(value)) return null
  return value
}

function readList(value: string, lines: readonly string[]): readonly string[] | null {
  const below = lines.slice(1).filter((line) => line.trim() !== '')
  const flow = /^\[([^\]]*)\]$/.exec(value)?.[1]
  if (flow !== undefined && below.length === 0) return readValues(flow.split(','))
  if (value !== '' && below.length === 0) return readValues(value.split(','))
  if (value !== '' || below.length === 0) return null
  const parts = below.map((line) => /^[ \t]*-[ \t]+(.*)$/.exec(line)?.[1])
  return parts.every((part) => part !== undefined) ? readValues(parts) : null
}

function readValues(parts: readonly string[]): readonly string[] | null {
  const values = parts.map((part) => readValue(part.trim()))
  const known = values.filter((value) => value !== null)
  const isWhole = known.length === values.length && known.length > 0 && known.length <= maxLabels
  return isWhole ? [...new Set(known)] : null
}
