import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import { pageSchemaVersion } from '../../model/page-content.ts'
import type { AnchorBoard } from '../documents/anchor-board.ts'
import { BlockMenu } from './BlockMenu.tsx'
import { ChoiceMenu } from './ChoiceMenu.tsx'
import { CommentButton } from './CommentButton.tsx'
import { EditorHost } from './editor-host.ts'
import type { EditorHandlers, EditorMode, EditorUser } from './editor-host.ts'
import { EditorNotice } from './EditorNotice.tsx'
import { FindBar } from './FindBar.tsx'
import { ImageToolbar } from './ImageToolbar.tsx'
import { OutlinePanel } from './OutlinePanel.tsx'
import { ReadOnlyPage } from './ReadOnlyPage.tsx'
import { SlashMenu } from './SlashMenu.tsx'
import { TableToolbar } from './TableToolbar.tsx'
import { MarkToolbar } from './MarkToolbar.tsx'
import type { SentState } from './unsent-blocks.ts'
import styles from './editor.module.css'

export interface PageEditorProps extends EditorHandlers {
  /** The open page, as `documents/` hands it on; screens never look inside. */
  readonly doc: Y.Doc
  /** Null without presence: nobody else's carets, and one's own is told to nobody. */
  readonly awareness: Awareness | null
  readonly user: EditorUser
  readonly mode: EditorMode
  /** Of the interface: `nl` or `en`. */
  readonly language: string
  /** Whether what is written here is on the server. */
  readonly sent?: SentState
  /** Where comments stand beside this page. */
  readonly comments?: AnchorBoard
  /** For tests: acts as the app of that schema. */
  readonly schemaVersion?: number
}

/**
 * ① The body of one page. A page that holds anything this app does not know is shown by `ReadOnlyPage` and never bound, also when
 * that comes in later; `onUnknownContent` says so once.
 */
export function PageEditor(props: PageEditorProps) {
  const { doc, language, schemaVersion = pageSchemaVersion } = props
  // Another document or language is another editor; everything else may change while it stands.
  return <OnePage key={`${doc.guid} ${language} ${schemaVersion}`} {...props} schemaVersion={schemaVersion} />
}

function OnePage(props: PageEditorProps & { readonly schemaVersion: number }) {
  const { doc, mode, schemaVersion } = props
  const [host] = useState(() => new EditorHost({ ...props, handlers: props }))
  const { editor, unknown } = useSyncExternalStore(host.subscribe, host.snapshot)
  const frame = useEditorPlace(host, props)
  if (unknown !== null)
    return <ReadOnlyPage doc={doc} schemaVersion={schemaVersion} texts={host.texts} onOpenLink={props.onOpenLink} />
  return (
    <div className={styles['frame']} ref={frame}>
      {editor !== null && mode === 'edit' && (
        <>
          <MarkToolbar
            editor={editor}
            menus={host.menus}
            texts={host.texts}
            onOpenLink={props.onOpenLink}
            comments={props.comments}
          />
          <TableToolbar editor={editor} menus={host.menus} texts={host.texts} />
          <SlashMenu menus={host.menus} texts={host.texts} />
          <ChoiceMenu menus={host.menus} texts={host.texts} />
          <ImageToolbar editor={editor} menus={host.menus} texts={host.texts} />
          <BlockMenu editor={editor} menus={host.menus} texts={host.texts} />
        </>
      )}
      {editor !== null && (
        <>
          <FindBar editor={editor} menus={host.menus} texts={host.texts} isEditable={mode === 'edit'} />
          <OutlinePanel outline={host.outline} texts={host.texts} />
          <EditorNotice menus={host.menus} texts={host.texts} />
        </>
      )}
      {props.comments !== undefined && <CommentButton board={props.comments} texts={host.texts} />}
    </div>
  )
}

/** Keeps the editor in its element on the screen, and the host's view of the screen current. */
function useEditorPlace(host: EditorHost, props: PageEditorProps) {
  const { mode } = props
  const { name, colour } = props.user
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    host.handlers = props
  })
  useEffect(() => {
    host.setUser({ name, colour })
  }, [host, name, colour])
  useEffect(() => (frame.current === null ? undefined : host.attach(frame.current, mode)), [host, mode])
  return frame
}
