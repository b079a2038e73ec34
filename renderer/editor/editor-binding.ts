import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { PageBinding } from './page-binding.ts'
import { PageUndo } from './page-undo.ts'

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    editorBinding: {
      /** Takes back this person's last own edit. */
      undo: () => ReturnType
      /** Makes it again. */
      redo: () => ReturnType
    }
  }
}

const bindingKey = new PluginKey('pageBinding')

/** ② The editor's side of the binding: attaches it to the view, writes local changes, undo and redo. */
export function editorBinding(binding: PageBinding): Extension {
  let undo: PageUndo | null = null
  return Extension.create({
    name: 'editorBinding',
    priority: 1000,
    addCommands() {
      return {
        undo:
          () =>
          ({ tr, dispatch, view }) => {
            // The command's own transaction is stale once the document has answered.
            tr.setMeta('preventDispatch', true)
            if (undo === null || !undo.canUndo()) return false
            return dispatch === undefined || undo.undo(view)
          },
        redo:
          () =>
          ({ tr, dispatch, view }) => {
            tr.setMeta('preventDispatch', true)
            if (undo === null || !undo.canRedo()) return false
            return dispatch === undefined || undo.redo(view)
          },
      }
    },
    addKeyboardShortcuts() {
      return {
        'Mod-z': () => this.editor.commands.undo(),
        'Mod-y': () => this.editor.commands.redo(),
        'Shift-Mod-z': () => this.editor.commands.redo(),
      }
    },
    addProseMirrorPlugins() {
      return [
        new Plugin({
          key: bindingKey,
          view: (view) => {
            binding.attach(view)
            undo = new PageUndo(binding)
            return {
              update: (updated, before) => {
                binding.write(updated.state, before)
              },
              destroy: () => {
                binding.detach()
                undo?.destroy()
                undo = null
              },
            }
          },
          props: {
            handlePaste: () => {
              binding.startNewStep()
              return false
            },
          },
        }),
      ]
    },
  })
}
