import { Extension } from '@tiptap/core'
import type { Editor } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { moveTopBlock } from './block-moves.ts'
import type { EditorMenus } from './editor-menus.ts'
import type { EditorTexts } from './editor-texts.ts'
import type { PageBinding } from './page-binding.ts'
import styles from './blocks.module.css'

const leaveAfterMs = 400

interface HandleOptions {
  readonly binding: PageBinding
  readonly menus: EditorMenus
  readonly texts: EditorTexts
}

/** A handle beside the block under the pointer: drag it to move the block, press it for what can be done with it. */
export function blockHandle(options: HandleOptions): Extension {
  return Extension.create({
    name: 'blockHandle',
    addKeyboardShortcuts() {
      return {
        'Mod-/': ({ editor }) => {
          if (!editor.isEditable) return false
          openBlockMenu(editor, options.menus, editor.state.selection.$from.index(0))
          return true
        },
      }
    },
    addProseMirrorPlugins() {
      const { editor } = this
      return [new Plugin({ view: (view) => new BlockHandle(editor, view, options) })]
    },
  })
}

function openBlockMenu(editor: Editor, menus: EditorMenus, index: number): void {
  const { doc } = editor.state
  if (index >= doc.childCount) return
  let position = 0
  for (let before = 0; before < index; before++) position += doc.child(before).nodeSize
  const element = editor.view.nodeDOM(position)
  const frame = editor.view.dom.parentElement
  if (!(element instanceof HTMLElement) || frame === null) return
  const [block, around] = [element.getBoundingClientRect(), frame.getBoundingClientRect()]
  menus.update({ block: { position, place: { left: 0, top: block.top - around.top + 28, isAbove: false } } })
}

class BlockHandle {
  readonly #editor: Editor
  readonly #view: EditorView
  readonly #options: HandleOptions
  readonly #handle = document.createElement('button')
  readonly #line = document.createElement('div')
  #frame: HTMLElement | null = null
  #block: HTMLElement | null = null
  /** The number of the block that is being dragged. */
  #dragged: number | null = null
  #leaving: ReturnType<typeof setTimeout> | null = null
  /** Before which block it would come. */
  #target: number | null = null
  #pointer: { readonly x: number; readonly y: number } | null = null

  constructor(editor: Editor, view: EditorView, options: HandleOptions) {
    this.#editor = editor
    this.#view = view
    this.#options = options
    this.#handle.type = 'button'
    this.#handle.className = styles['handle'] ?? ''
    this.#handle.draggable = true
    // The same is to be had by keyboard in the text itself.
    this.#handle.tabIndex = -1
    this.#handle.setAttribute('aria-label', options.texts.blockHandle)
    this.#handle.title = options.texts.blockHandle
    this.#handle.hidden = true
    this.#line.className = styles['dropLine'] ?? ''
    this.#line.hidden = true
    this.#handle.addEventListener('click', this.#openMenu)
    this.#handle.addEventListener('dragstart', this.#startDrag)
    this.#handle.addEventListener('dragend', this.#endDrag)
    view.dom.addEventListener('keydown', this.#hide)
    this.update()
  }

  /** The editor gets its place on the screen after its plugins. */
  update(): void {
    if (this.#frame !== null || this.#view.dom.parentElement === null) return
    this.#join(this.#view.dom.parentElement)
  }

  destroy(): void {
    this.#handle.remove()
    this.#line.remove()
    this.#view.dom.removeEventListener('keydown', this.#hide)
    this.#frame?.removeEventListener('pointermove', this.#follow)
    this.#frame?.removeEventListener('pointerleave', this.#hideSoon)
    if (this.#leaving !== null) clearTimeout(this.#leaving)
    this.#frame?.removeEventListener('dragover', this.#dragOver, true)
    this.#frame?.removeEventListener('drop', this.#drop, true)
  }

  #join(frame: HTMLElement): void {
    this.#frame = frame
    frame.append(this.#handle, this.#line)
    frame.addEventListener('pointermove', this.#follow)
    frame.addEventListener('pointerleave', this.#hideSoon)
    frame.addEventListener('dragover', this.#dragOver, true)
    frame.addEventListener('drop', this.#drop, true)
  }

  readonly #hide = (): void => {
    if (this.#dragged === null) this.#handle.hidden = true
  }

  /** The way from a line of text to the handle leads outside the text. */
  readonly #hideSoon = (): void => {
    this.#leaving ??= setTimeout(() => {
      this.#leaving = null
      this.#hide()
    }, leaveAfterMs)
  }

  readonly #follow = (event: PointerEvent): void => {
    if (event.pointerType !== 'mouse' || !this.#editor.isEditable) return
    if (this.#leaving !== null) clearTimeout(this.#leaving)
    this.#leaving = null
    const isAsked = this.#pointer !== null
    this.#pointer = { x: event.clientX, y: event.clientY }
    if (!isAsked) requestAnimationFrame(this.#place)
  }

  readonly #place = (): void => {
    const pointer = this.#pointer
    this.#pointer = null
    const block = pointer === null ? null : this.#blockAt(pointer.y)
    if (block === null || this.#frame === null) return
    this.#block = block
    this.#handle.hidden = false
    this.#handle.style.insetBlockStart = `${block.getBoundingClientRect().top - this.#frame.getBoundingClientRect().top}px`
  }

  #blockAt(y: number): HTMLElement | null {
    const { left, width } = this.#view.dom.getBoundingClientRect()
    const found = document.elementsFromPoint(left + Math.min(width / 2, 120), y)
    return (
      found.find((one): one is HTMLElement => one instanceof HTMLElement && one.parentElement === this.#view.dom) ??
      null
    )
  }

  #indexOf(block: HTMLElement): number | null {
    if (!block.isConnected) return null
    const $position = this.#view.state.doc.resolve(this.#view.posAtDOM(block, 0))
    return $position.index(0)
  }

  readonly #openMenu = (): void => {
    const index = this.#block === null ? null : this.#indexOf(this.#block)
    if (index !== null) openBlockMenu(this.#editor, this.#options.menus, index)
  }

  readonly #startDrag = (event: DragEvent): void => {
    this.#dragged = this.#block === null ? null : this.#indexOf(this.#block)
    if (this.#dragged === null || this.#block === null || event.dataTransfer === null) return
    event.dataTransfer.effectAllowed = 'move'
    event.dataTransfer.setData('text/plain', this.#block.textContent)
    event.dataTransfer.setDragImage(this.#block, 0, 0)
  }

  readonly #endDrag = (): void => {
    this.#dragged = null
    this.#target = null
    this.#line.hidden = true
  }

  readonly #dragOver = (event: DragEvent): void => {
    const over = this.#dragged === null ? null : this.#blockAt(event.clientY)
    if (this.#dragged === null) return
    // The editor's own drag and drop would move text.
    event.preventDefault()
    event.stopPropagation()
    const index = over === null ? null : this.#indexOf(over)
    if (over === null || index === null || this.#frame === null) return
    const { top, bottom } = over.getBoundingClientRect()
    const isBelow = event.clientY > (top + bottom) / 2
    this.#target = isBelow ? index + 1 : index
    this.#line.hidden = false
    this.#line.style.insetBlockStart = `${(isBelow ? bottom + 5 : top - 7) - this.#frame.getBoundingClientRect().top}px`
  }

  readonly #drop = (event: DragEvent): void => {
    const [from, before] = [this.#dragged, this.#target]
    if (from === null) return
    event.preventDefault()
    event.stopPropagation()
    this.#endDrag()
    if (before !== null) moveTopBlock(this.#options.binding, this.#view.state.doc, from, before)
  }
}
