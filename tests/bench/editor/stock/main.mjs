// Stock Tiptap as its documentation sets it up, with the nodes, marks, placeholder and carets that our editor has. Plain JavaScript: it is resolved from tests/bench/peers.
import { Editor } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { CollaborationCaret } from '@tiptap/extension-collaboration-caret'
import { Image } from '@tiptap/extension-image'
import { TaskItem, TaskList } from '@tiptap/extension-list'
import { TableKit } from '@tiptap/extension-table'
import { Placeholder } from '@tiptap/extensions'
import { StarterKit } from '@tiptap/starter-kit'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'

const fragmentName = 'body'
const doc = new Y.Doc()
Y.applyUpdate(doc, new Uint8Array(await (await fetch('./page.bin')).arrayBuffer()))
const awareness = new Awareness(doc)
const editor = new Editor({
  element: document.getElementById('root'),
  extensions: [
    StarterKit.configure({ undoRedo: false, trailingNode: false }),
    TaskList,
    TaskItem.configure({ nested: true }),
    TableKit,
    Image.configure({ inline: true }),
    Placeholder.configure({ placeholder: 'Schrijf hier' }),
    Collaboration.configure({ document: doc, field: fragmentName }),
    CollaborationCaret.configure({ provider: { awareness }, user: { name: 'Noor', color: '#2a5ea6' } }),
  ],
})
Object.assign(window, { bench: { Y, doc, editor, fragmentName, remoteOrigin: 'remote' } })
