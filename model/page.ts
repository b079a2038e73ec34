import type * as Y from 'yjs'
import { origins } from './origins.ts'

/** The name of the editor's fragment in a page document; part of the public interface. */
export const bodyName = 'body'

export const titleMaxLength = 300

/** What a page says about itself. The kind is the server's to say, not the page's. */
export interface PageMeta {
  /** Empty for a page without a title yet; at most 300 characters, one line. */
  readonly title: string
  readonly icon: string | null
  readonly labels: readonly string[]
  /** Authored pages only; shared pages are archived in their space's tree. */
  readonly archived: boolean
}

export interface PageDocument {
  snapshot(): PageMeta
  subscribe(onChange: () => void): () => void
  rename(title: string): void
  setIcon(icon: string | null): void
  setLabels(labels: readonly string[]): void
  setArchived(isArchived: boolean): void
}

/** Opens the Yjs layout of a page: map `meta`, fragment `body`. */
export function openPage(doc: Y.Doc): PageDocument {
  const meta = doc.getMap<unknown>('meta')
  let cached: PageMeta | null = null
  meta.observe(() => {
    cached = null
  }) // first observer, so it runs before subscribers
  const write = (key: string, value: unknown) => {
    if (meta.get(key) === value) return
    doc.transact(() => meta.set(key, value), origins.user)
  }
  return {
    snapshot: () => (cached ??= readPageMeta(doc)),
    subscribe(onChange) {
      meta.observe(onChange)
      return () => {
        meta.unobserve(onChange)
      }
    },
    rename: (title) => {
      write('title', cleanTitle(title))
    },
    setIcon: (icon) => {
      write('icon', icon)
    },
    setLabels: (labels) => {
      doc.transact(() => meta.set('labels', [...labels]), origins.user)
    },
    setArchived: (isArchived) => {
      write('archived', isArchived)
    },
  }
}

/** Reads a page's meta with a fallback for everything: what is stored or came from others is untrusted. */
export function readPageMeta(doc: Y.Doc): PageMeta {
  const meta = doc.getMap<unknown>('meta')
  const title = meta.get('title')
  const icon = meta.get('icon')
  const labels = meta.get('labels')
  return {
    title: typeof title === 'string' ? cleanTitle(title) : '',
    icon: typeof icon === 'string' && icon.length > 0 && icon.length <= 32 ? icon : null,
    labels: Array.isArray(labels) ? labels.filter((label) => typeof label === 'string').slice(0, 50) : [],
    archived: meta.get('archived') === true,
  }
}

/** One line, no control characters, trimmed, at most 300 characters. */
export function cleanTitle(title: string): string {
  return (
    title
      // oxlint-disable-next-line no-control-regex -- control characters are exactly what is taken out
      .replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ')
      .trim()
      .slice(0, titleMaxLength)
  )
}
