import { IconCheck } from '@tabler/icons-react'
import type { Editor } from '@tiptap/core'
import { useId, useState } from 'react'
import type { EditorTexts } from './editor-texts.ts'
import { hrefFromTyped } from './safe-address.ts'
import { ToolButton } from './Toolbar.tsx'
import styles from './menus.module.css'

/** Asks for the address of the selected text; an empty one takes the link away. Without a selection the address itself is written. */
export function LinkField(props: {
  readonly editor: Editor
  readonly href: string | null
  readonly texts: EditorTexts
  readonly onDone: () => void
}) {
  const { editor, texts, onDone } = props
  const [typed, setTyped] = useState(props.href ?? '')
  const [isRefused, setIsRefused] = useState(false)
  const errorId = useId()
  const apply = () => {
    const isSet = typed.trim() === '' ? editor.chain().focus().unsetLink().run() : setLink(editor, typed)
    setIsRefused(!isSet)
    if (isSet) onDone()
  }
  return (
    <div className={styles['linkField']}>
      <input
        // The person asked for this field with the keyboard or a button just now.
        autoFocus
        type="text"
        inputMode="url"
        aria-label={texts.linkAddress}
        aria-invalid={isRefused}
        aria-describedby={isRefused ? errorId : undefined}
        placeholder="https://"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          apply()
        }}
      />
      <ToolButton name={texts.linkApply} onPress={apply}>
        <IconCheck size={18} stroke={1.75} />
      </ToolButton>
      {isRefused && (
        <p id={errorId} role="alert" className={styles['linkError']}>
          {texts.linkRefused}
        </p>
      )}
    </div>
  )
}

function setLink(editor: Editor, typed: string): boolean {
  const href = hrefFromTyped(typed)
  if (href === null) return false
  const chain = editor.chain().focus()
  if (!editor.state.selection.empty) return chain.setLink({ href }).run()
  return chain.insertContent({ type: 'text', text: typed.trim(), marks: [{ type: 'link', attrs: { href } }] }).run()
}
