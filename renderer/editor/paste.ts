import { Extension } from '@tiptap/core'
import type { Editor, JSONContent } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import * as Y from 'yjs'
import type { PageNode } from '../../model/page-content.ts'
import type { AddedFile } from '../documents/files.ts'
import { cleanHtml } from './clean-html.ts'
import { looksLikeMarkdown } from './markdown-text.ts'
import type { PageBinding } from './page-binding.ts'

/** Takes an image of this person in; null where it could not be kept. The caller has said why by then. */
export type OnImage = (file: File) => Promise<{ readonly file: string } | null>

export type OnFile = (file: File) => Promise<AddedFile | null>

/** Where files go, and who keeps them. */
export interface FileTarget {
  readonly editor: Editor
  readonly binding: PageBinding
  readonly onImage: OnImage
  /** Takes any other file in; null where this page has no place for files. */
  readonly onFile: OnFile | null
}

const imageTypes: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'])

/** What comes in by paste and drop: cleaned HTML, Markdown as structure, images through `onImage`. */
export function paste(options: {
  readonly binding: PageBinding
  readonly onImage: OnImage | undefined
  readonly onFile: OnFile | null
}): Extension {
  const { binding, onImage, onFile } = options
  return Extension.create({
    name: 'pastePage',
    addProseMirrorPlugins() {
      const { editor } = this
      const target = onImage === undefined ? null : { editor, binding, onImage, onFile }
      return [
        new Plugin({
          props: {
            transformPastedHTML: cleanHtml,
            handlePaste: (view, event) => {
              const { clipboardData } = event
              if (clipboardData === null || !editor.isEditable) return false
              return (
                pasteFiles(target, filesOf(clipboardData, true), view.state.selection.from) ||
                pasteMarkdown(editor, view, clipboardData)
              )
            },
            handleDrop: (view, event, _slice, moved) => {
              if (moved || event.dataTransfer === null || !editor.isEditable) return false
              const position =
                view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? view.state.selection.from
              pasteFiles(target, filesOf(event.dataTransfer, false), position)
              // A dropped file that is not taken would replace the whole app by itself.
              return event.dataTransfer.files.length > 0
            },
          },
        }),
      ]
    },
  })
}

/** Files that were pasted or dropped. Text with a picture of itself, as office programs offer it, counts as text. */
function filesOf(transfer: DataTransfer, textWins: boolean): readonly File[] {
  return textWins && transfer.getData('text/plain') !== '' ? [] : [...transfer.files]
}

function pasteFiles(target: FileTarget | null, files: readonly File[], position: number): boolean {
  if (files.length === 0 || target === null) return false
  void insertFiles(target, files, position)
  return true
}

/** Keeps the files one after another and puts each where it was dropped, wherever that has moved meanwhile. */
export async function insertFiles(target: FileTarget, files: readonly File[], position: number): Promise<void> {
  const { editor, binding } = target
  const place = Y.relativePositionToJSON(binding.relativePosition(position))
  for (const file of files) {
    const content = imageTypes.has(file.type) ? await imageOf(target, file) : await attachmentOf(target, file)
    if (content === null || editor.isDestroyed) continue
    const at = binding.absolutePosition(Y.createRelativePositionFromJSON(place)) ?? editor.state.selection.from
    editor.commands.insertContentAt(Math.min(at, editor.state.doc.content.size), content)
  }
}

async function imageOf({ onImage }: FileTarget, file: File): Promise<JSONContent | null> {
  const kept = await onImage(file)
  return kept && { type: 'image', attrs: { file: kept.file, alt: file.name.replace(/\.[a-z0-9]+$/i, '') } }
}

async function attachmentOf({ onFile }: FileTarget, file: File): Promise<JSONContent | null> {
  const kept = (await onFile?.(file)) ?? null
  if (kept === null) return null
  const { hash, name, sizeBytes, type } = kept
  return { type: 'attachment', attrs: { file: hash, name, size: sizeBytes, type } }
}

function pasteMarkdown(editor: Editor, view: EditorView, data: DataTransfer): boolean {
  const text = data.getData('text/plain')
  // Code editors put coloured HTML beside the source; there the plain text is what was meant.
  const isFromCodeEditor = data.types.includes('vscode-editor-data')
  if (text === '' || (data.types.includes('text/html') && !isFromCodeEditor)) return false
  if (view.state.selection.$from.parent.type.spec.code === true || !looksLikeMarkdown(text)) return false
  void insertMarkdown(editor, text)
  return true
}

async function insertMarkdown(editor: Editor, text: string): Promise<void> {
  const content = await readMarkdown(text)
  if (editor.isDestroyed) return
  editor.commands.insertContent(content ?? text, { updateSelection: true })
}

/** Tiptap's type of the same JSON, which may be written to. */
function asContent({ type, attrs, content, marks, text }: PageNode): JSONContent {
  return {
    type,
    ...(attrs === undefined ? {} : { attrs: { ...attrs } }),
    ...(content === undefined ? {} : { content: content.map(asContent) }),
    ...(marks === undefined ? {} : { marks: marks.map((mark) => ({ type: mark.type, attrs: { ...mark.attrs } })) }),
    ...(text === undefined ? {} : { text }),
  }
}

/** The converter is large and seldom needed, so it is loaded by the first paste. Null where it cannot be had. */
async function readMarkdown(text: string): Promise<JSONContent[] | null> {
  try {
    const { parseMarkdown, BlockReader, ImportWarnings } = await import('./markdown-reader.ts')
    const tree = parseMarkdown(text)
    return tree === null ? null : new BlockReader(new ImportWarnings(), text).read(tree.children).map(asContent)
  } catch {
    return null
  }
}
