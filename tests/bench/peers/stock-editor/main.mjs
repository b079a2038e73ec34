// Tiptap 3 as its documentation sets it up for writing together, with the same nodes, marks and carets as our editor.
import { Editor } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { CollaborationCaret } from '@tiptap/extension-collaboration-caret'
import { Image } from '@tiptap/extension-image'
import { TaskItem, TaskList } from '@tiptap/extension-list'
import { TableKit } from '@tiptap/extension-table'
import { Placeholder } from '@tiptap/extensions'
import { StarterKit } from '@tiptap/starter-kit'
import * as awarenessProtocol from 'y-protocols/awareness'
import * as Y from 'yjs'
import { exposeEditor, fetchLongPage } from '../../editor/page-side.mjs'

const doc = new Y.Doc()
Y.applyUpdate(doc, await fetchLongPage())
const awareness = new awarenessProtocol.Awareness(doc)
const openedAtMs = performance.now()
const editor = new Editor({
  element: document.getElementById('root'),
  extensions: [
    StarterKit.configure({ undoRedo: false, trailingNode: false }),
    TaskList,
    TaskItem.configure({ nested: true }),
    TableKit,
    Image.configure({ inline: true }),
    Placeholder.configure({ placeholder: 'Schrijf hier' }),
    Collaboration.configure({ document: doc, field: 'body' }),
    CollaborationCaret.configure({ provider: { awareness }, user: { name: 'Noor', color: '#2a5ea6' } }),
  ],
})
exposeEditor({ Y, awarenessProtocol, doc, awareness, getEditor: () => editor, openedAtMs })
