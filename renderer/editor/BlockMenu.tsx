import type { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { KeyboardEvent } from 'react'
import type { EditorMenus } from './editor-menus.ts'
import type { EditorTexts } from './editor-texts.ts'
import { Floating } from './Floating.tsx'
import { turnInto } from './slash-commands.ts'
import type { WrittenBlock } from './slash-commands.ts'
import { useMenus } from './use-menus.ts'
import styles from './menus.module.css'

const kinds: readonly WrittenBlock[] = [
  'text',
  'heading1',
  'heading2',
  'heading3',
  'bulletList',
  'orderedList',
  'taskList',
  'quote',
  'callout',
  'warning',
  'toggle',
]

interface BlockMenuProps {
  readonly editor: Editor
  readonly menus: EditorMenus
  readonly texts: EditorTexts
}

/** What can be done with one block: another kind, once more, away. */
export function BlockMenu(props: BlockMenuProps) {
  const { block } = useMenus(props.menus)
  return block === null ? null : (
    <Floating place={block.place}>
      <OpenMenu key={block.position} {...props} position={block.position} />
    </Floating>
  )
}

function OpenMenu({ editor, menus, texts, position }: BlockMenuProps & { readonly position: number }) {
  const menu = useRef<HTMLDivElement>(null)
  const close = () => menus.update({ block: null })
  useLayoutEffect(() => {
    keepInWindow(menu.current)
  }, [])
  useEffect(() => {
    menu.current?.querySelector('button')?.focus()
  }, [])
  const choose = (run: () => void) => () => {
    close()
    run()
    editor.commands.focus()
  }
  return (
    <div
      ref={menu}
      role="menu"
      aria-label={texts.blockHandle}
      className={styles['blockMenu']}
      onKeyDown={(event) => moveFocus(event, () => choose(() => undefined)())}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close()
      }}
    >
      <button type="button" role="menuitem" onClick={choose(() => duplicate(editor, position))}>
        {texts.duplicateBlock}
      </button>
      <button type="button" role="menuitem" onClick={choose(() => remove(editor, position))}>
        {texts.deleteBlock}
      </button>
      {hasText(editor, position) && (
        <>
          <p role="presentation">{texts.turnInto}</p>
          {kinds.map((kind) => (
            <button key={kind} type="button" role="menuitem" onClick={choose(() => turn(editor, position, kind))}>
              {texts.blocks[kind].title}
            </button>
          ))}
        </>
      )}
    </div>
  )
}

/** Near the foot of the window it stands as much higher as it needs. */
function keepInWindow(menu: HTMLElement | null): void {
  if (menu === null) return
  const over = menu.getBoundingClientRect().bottom - (window.innerHeight - 8)
  if (over > 0) menu.style.marginBlockStart = `${-over}px`
}

/** An image or a file cannot become a heading. */
function hasText({ state }: Editor, position: number): boolean {
  return state.doc.nodeAt(position)?.isAtom === false
}

function moveFocus(event: KeyboardEvent<HTMLDivElement>, onEscape: () => void): void {
  if (event.key === 'Escape') {
    event.preventDefault()
    onEscape()
  }
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  event.preventDefault()
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const current = buttons.findIndex((button) => button === document.activeElement)
  buttons[(current + step + buttons.length) % buttons.length]?.focus()
}

function duplicate({ state, view }: Editor, position: number): void {
  const node = state.doc.nodeAt(position)
  if (node !== null) view.dispatch(state.tr.insert(position + node.nodeSize, node.copy(node.content)).scrollIntoView())
}

function remove({ state, view }: Editor, position: number): void {
  const node = state.doc.nodeAt(position)
  if (node !== null) view.dispatch(state.tr.delete(position, position + node.nodeSize))
}

function turn(editor: Editor, position: number, kind: WrittenBlock): void {
  const { state, view } = editor
  const node = state.doc.nodeAt(position)
  if (node === null) return
  const [start, end] = [state.doc.resolve(position + 1), state.doc.resolve(position + node.nodeSize - 1)]
  view.dispatch(state.tr.setSelection(TextSelection.between(start, end)))
  turnInto(editor, kind)
}
