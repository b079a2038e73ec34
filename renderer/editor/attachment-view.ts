import type { NodeViewRenderer } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { parseFileHash } from '../../model/ids.ts'
import type { FileState } from '../documents/files.ts'
import type { EditorTexts } from './editor-texts.ts'
import type { PageSurroundings } from './page-surroundings.ts'
import styles from './blocks.module.css'

/** Draws an attachment: its name, which opens it, its size, and where it stands in words. */
export function attachmentView(
  around: () => PageSurroundings | undefined,
  texts: EditorTexts,
  onTrouble: (words: string) => void,
): NodeViewRenderer {
  return ({ node }) => {
    const drawing = new AttachmentDrawing(node, around(), { texts, onTrouble })
    return {
      dom: drawing.dom,
      update: (updated) => updated.type === node.type && updated.hasMarkup(node.type, node.attrs),
      // Keys and clicks on the button are its own.
      stopEvent: (event) => event.target instanceof HTMLButtonElement && !event.type.startsWith('drag'),
      ignoreMutation: () => true,
      destroy: () => {
        drawing.destroy()
      },
    }
  }
}

class AttachmentDrawing {
  readonly dom = document.createElement('div')
  readonly #about = document.createElement('span')
  readonly #progress = document.createElement('progress')
  readonly #texts: EditorTexts
  readonly #size: number
  readonly #stop: (() => void) | undefined

  constructor(
    { attrs }: Node,
    around: PageSurroundings | undefined,
    { texts, onTrouble }: { readonly texts: EditorTexts; readonly onTrouble: (words: string) => void },
  ) {
    this.#texts = texts
    this.#size = Number(attrs['size'])
    const hash = parseFileHash(attrs['file'])
    const name = String(attrs['name'])
    this.dom.className = styles['attachment'] ?? ''
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = name === '' ? texts.file : name
    button.disabled = hash === undefined || around === undefined
    button.addEventListener('click', () => {
      if (hash === undefined || around === undefined) return
      void around.openFile(hash, name).then((isOpened) => {
        if (!isOpened) onTrouble(texts.fileNotHere(name))
      })
    })
    this.#progress.hidden = true
    this.dom.append(button, this.#about, this.#progress)
    const state = hash === undefined ? undefined : around?.fileState(hash)
    this.#draw(state?.snapshot())
    this.#stop = state?.subscribe(() => {
      this.#draw(state.snapshot())
    })
  }

  destroy(): void {
    this.#stop?.()
  }

  #draw(state: FileState | undefined): void {
    const words = [...(this.#size > 0 ? [this.#texts.size(this.#size)] : []), ...this.#stateWords(state)]
    this.#about.textContent = words.join(' · ')
    this.dom.dataset['state'] = state?.kind ?? ''
    const isMoving = state?.kind === 'uploading' || state?.kind === 'fetching'
    this.#progress.hidden = !isMoving
    if (!isMoving) return
    this.#progress.max = Math.max(state.sizeBytes, 1)
    this.#progress.value = state.doneBytes
    this.#progress.setAttribute('aria-label', this.#texts.fileState[state.kind])
  }

  #stateWords(state: FileState | undefined): string[] {
    return state === undefined ? [] : [this.#texts.fileState[state.kind]]
  }
}
