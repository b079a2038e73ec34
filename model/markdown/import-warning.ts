/** Why something in a file did not come in as it stood there. Its words are on the page unless the comment says otherwise. */
export type ImportWarningReason =
  /** A comment in HTML, which no reader of the page would have seen. Not on the page. */
  | 'html-comment'
  /** A tag with no counterpart in a page; the words inside it are kept. */
  | 'html-tag'
  /** An address that a page may not open or show; its text is kept. */
  | 'unsafe-address'
  /** A link definition that nothing in the file refers to. Not on the page. */
  | 'unused-definition'
  /** Words behind the language of a code block. Not on the page. */
  | 'code-options'
  /** Numbers of an ordered list of tasks. Not on the page. */
  | 'task-numbers'
  /** Quotes or lists too deep for a page; their words stand one level up. */
  | 'nesting-flattened'
  /** The file would take too long to read as Markdown; it came in as one block of code, complete. */
  | 'too-complex'
  /** A link to a file that is not among those imported; it is kept as it stood. */
  | 'link-outside'
  /** An image on another site: a page loads nothing from elsewhere, so it became a link. */
  | 'remote-image'
  /** An image that is not among the files; its words stand in its place. */
  | 'image-missing'
  /** A kind of page that cannot come in by import; it came in as a wiki page. */
  | 'other-kind'
  /** Comments, which the server alone can keep in the name of others; it could not be asked. */
  | 'comments-not-kept'

export interface ImportWarning {
  readonly reason: ImportWarningReason
  /** What it was about, from the file itself, shortened. */
  readonly detail: string
}

const maxWarnings = 100

/** Gathers the warnings of one file: each once, and no more than anybody would read. */
export class ImportWarnings {
  readonly #found = new Map<string, ImportWarning>()

  add(reason: ImportWarningReason, detail: string): void {
    const warning = { reason, detail: detail.length > 120 ? `${detail.slice(0, 119)}…` : detail }
    if (this.#found.size < maxWarnings) this.#found.set(`${reason} ${warning.detail}`, warning)
  }

  list(): readonly ImportWarning[] {
    return [...this.#found.values()]
  }
}
