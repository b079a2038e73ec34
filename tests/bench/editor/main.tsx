/// <reference types="vite/client" />
import { createRoot } from 'react-dom/client'
import * as awarenessProtocol from 'y-protocols/awareness'
import * as Y from 'yjs'
import { PageEditor } from '../../../renderer/editor/PageEditor.tsx'
import '../../../renderer/ui/tokens.css'
import { exposeEditor, fetchLongPage } from './page-side.mjs'

const doc = new Y.Doc()
Y.applyUpdate(doc, await fetchLongPage())
const awareness = new awarenessProtocol.Awareness(doc)
const root = document.getElementById('root')
if (root === null) throw new Error('The page of the bench has no root')
const openedAtMs = performance.now()
createRoot(root).render(
  <PageEditor
    doc={doc}
    awareness={awareness}
    user={{ name: 'Noor', colour: 'delft' }}
    mode="edit"
    language="nl"
    onUnknownContent={(unknown) => {
      throw new Error(`The editor does not know ${JSON.stringify(unknown)}`)
    }}
    onOpenLink={() => undefined}
  />,
)
const getEditor = (): unknown => {
  const dom = document.querySelector('.ProseMirror')
  return dom === null ? null : Reflect.get(dom, 'editor')
}
exposeEditor({ Y, awarenessProtocol, doc, awareness, getEditor, openedAtMs })
