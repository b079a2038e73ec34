import { useState, useSyncExternalStore } from 'react'
import type { JSX } from 'react'
import type * as Y from 'yjs'
import { bodyFragmentName, pageSchemaVersion } from '../../model/page-content.ts'
import type { EditorTexts } from './editor-texts.ts'
import { knownAt } from './known-at.ts'
import { ReadOnlyBlocks } from './ReadOnlyBlocks.tsx'
import { readBlocks } from './read-only-blocks.ts'
import type { ReadOnlyNode } from './read-only-blocks.ts'
import styles from './editor.module.css'

/** Others may be typing: reading the whole page for each of their letters would be work for nothing. */
const refreshAfterMs = 250

export interface ReadOnlyPageProps {
  readonly doc: Y.Doc
  readonly schemaVersion?: number
  readonly texts: EditorTexts
  readonly onOpenLink: (href: string) => void
}

/** A page that holds what this app does not know: everything readable, nothing editable, nothing bound. */
export function ReadOnlyPage({
  doc,
  schemaVersion = pageSchemaVersion,
  texts,
  onOpenLink,
}: ReadOnlyPageProps): JSX.Element {
  const [reader] = useState(() => blockReader(doc, schemaVersion))
  const blocks = useSyncExternalStore(reader.subscribe, reader.snapshot, reader.snapshot)
  return (
    <div className={styles['frame']}>
      <p role="status" className={styles['newerNote']}>
        {texts.newerVersion}
      </p>
      <div className={styles['page']} role="article" aria-label={texts.label}>
        <ReadOnlyBlocks nodes={blocks} texts={texts} onOpenLink={onOpenLink} />
      </div>
    </div>
  )
}

function blockReader(doc: Y.Doc, schemaVersion: number) {
  const known = knownAt(schemaVersion)
  let blocks: readonly ReadOnlyNode[] | null = null
  return {
    snapshot: () => (blocks ??= readBlocks(doc, known)),
    subscribe: (onChange: () => void) => {
      let timer: ReturnType<typeof setTimeout> | null = null
      const refresh = () => {
        timer ??= setTimeout(() => {
          timer = null
          blocks = null
          onChange()
        }, refreshAfterMs)
      }
      const fragment = doc.getXmlFragment(bodyFragmentName)
      fragment.observeDeep(refresh)
      return () => {
        fragment.unobserveDeep(refresh)
        if (timer !== null) clearTimeout(timer)
      }
    },
  }
}
