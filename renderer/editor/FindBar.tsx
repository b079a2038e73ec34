import { IconChevronDown, IconChevronUp, IconLetterCase, IconX } from '@tabler/icons-react'
import type { Editor } from '@tiptap/core'
import { FindAndReplacePluginKey } from '@tiptap/extension-find-and-replace'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { EditorMenus } from './editor-menus.ts'
import type { EditorTexts } from './editor-texts.ts'
import { ToolButton } from './Toolbar.tsx'
import { useMenus } from './use-menus.ts'
import styles from './find.module.css'

interface FindBarProps {
  readonly editor: Editor
  readonly menus: EditorMenus
  readonly texts: EditorTexts
  readonly isEditable: boolean
}

/** Finds words in the page, and writes others in their place. */
export function FindBar(props: FindBarProps) {
  const { find } = useMenus(props.menus)
  return find === null ? null : <OpenBar {...props} first={find.first} />
}

function OpenBar({ editor, menus, texts, isEditable, first }: FindBarProps & { readonly first: string }) {
  const [words, setWords] = useState(first)
  const { count, current, caseSensitive, wholeWord } = useFound(editor)
  useEffect(() => {
    editor.commands.setSearchTerm(words)
  }, [editor, words])
  useEffect(
    () => () => {
      if (!editor.isDestroyed) editor.commands.clearSearch()
    },
    [editor],
  )
  const bar = useRef<HTMLDivElement>(null)
  const close = () => {
    menus.update({ find: null })
    editor.commands.focus()
  }
  useEffect(() => {
    const shownBar = bar.current
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      menus.update({ find: null })
      editor.commands.focus()
    }
    shownBar?.addEventListener('keydown', onKey)
    return () => shownBar?.removeEventListener('keydown', onKey)
  }, [editor, menus])
  const shown = words === '' ? '' : texts.found(current, count)
  return (
    <div role="search" aria-label={texts.find} className={styles['bar']} ref={bar}>
      <div className={styles['row']}>
        <input
          // The person asked for this field with the keyboard just now.
          autoFocus
          type="text"
          aria-label={texts.find}
          placeholder={texts.find}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            if (event.shiftKey) editor.commands.goToPreviousResult()
            else editor.commands.goToNextResult()
          }}
        />
        <span role="status" className={styles['count']}>
          {shown}
        </span>
        <ToolButton name={texts.findPrevious} onPress={() => editor.commands.goToPreviousResult()}>
          <IconChevronUp size={18} stroke={1.75} />
        </ToolButton>
        <ToolButton name={texts.findNext} onPress={() => editor.commands.goToNextResult()}>
          <IconChevronDown size={18} stroke={1.75} />
        </ToolButton>
        <ToolButton
          name={texts.matchCase}
          isPressed={caseSensitive}
          onPress={() => editor.commands.setCaseSensitive(!caseSensitive)}
        >
          <IconLetterCase size={18} stroke={1.75} />
        </ToolButton>
        <ToolButton
          name={texts.wholeWords}
          isPressed={wholeWord}
          onPress={() => editor.commands.setWholeWord(!wholeWord)}
        >
          <span aria-hidden="true" className={styles['wholeWord']}>
            ab
          </span>
        </ToolButton>
        <ToolButton name={texts.close} onPress={close}>
          <IconX size={18} stroke={1.75} />
        </ToolButton>
      </div>
      {isEditable && <ReplaceRow editor={editor} texts={texts} count={count} />}
    </div>
  )
}

function ReplaceRow({ editor, texts, count }: Pick<FindBarProps, 'editor' | 'texts'> & { readonly count: number }) {
  const [words, setWords] = useState('')
  useEffect(() => {
    editor.commands.setReplaceTerm(words)
  }, [editor, words])
  return (
    <div className={styles['row']}>
      <input
        type="text"
        aria-label={texts.replaceWith}
        placeholder={texts.replaceWith}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {/* Not disabled: a button that has the focus would lose it, and Escape with it. */}
      <button type="button" aria-disabled={count === 0} onClick={() => editor.commands.replace()}>
        {texts.replace}
      </button>
      <button type="button" aria-disabled={count === 0} onClick={() => editor.commands.replaceAll()}>
        {texts.replaceAll}
      </button>
    </div>
  )
}

const nothing = { count: 0, current: 0, caseSensitive: false, wholeWord: false }

/** What was found, drawn again when an edit of anybody changes it. */
function useFound(editor: Editor) {
  const [store] = useState(() => {
    let known = nothing
    return {
      snapshot: () => {
        const state = editor.isDestroyed ? undefined : FindAndReplacePluginKey.getState(editor.state)
        if (state === undefined) return known
        const { results, currentIndex, caseSensitive, wholeWord } = state
        const now = { count: results.length, current: (currentIndex ?? -1) + 1, caseSensitive, wholeWord }
        if (JSON.stringify(now) !== JSON.stringify(known)) known = now
        return known
      },
      subscribe: (onChange: () => void) => {
        editor.on('transaction', onChange)
        return () => {
          editor.off('transaction', onChange)
        }
      },
    }
  })
  return useSyncExternalStore(store.subscribe, store.snapshot)
}
