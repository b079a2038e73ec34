/// <reference types="vite/client" />
import '@fontsource-variable/source-serif-4/opsz.css'
import '../../../../renderer/ui/base.css'
import '../../../../renderer/ui/tokens.css'
import { createRoot } from 'react-dom/client'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { bodyFragmentName } from '../../../../model/page-content.ts'
import { origins } from '../../../../model/origins.ts'
import { PageEditor } from '../../../../renderer/editor/PageEditor.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no root')

const doc = new Y.Doc()
Y.applyUpdate(doc, new Uint8Array(await (await fetch('./page.bin')).arrayBuffer()), origins.storage)
createRoot(root).render(
  <PageEditor
    doc={doc}
    awareness={new Awareness(doc)}
    user={{ name: 'Noor', colour: 'delft' }}
    mode="edit"
    language="en"
    onUnknownContent={(unknown) => {
      throw new Error(`Unknown content: ${JSON.stringify(unknown)}`)
    }}
    onOpenLink={() => undefined}
  />,
)
Object.assign(window, {
  bench: { Y, doc, fragmentName: bodyFragmentName, remoteOrigin: origins.remote },
})
