import { IconList, IconX } from '@tabler/icons-react'
import { useState, useSyncExternalStore } from 'react'
import type { EditorTexts } from './editor-texts.ts'
import type { Outline } from './outline.ts'
import { ToolButton } from './Toolbar.tsx'
import styles from './outline.module.css'

interface OutlineProps {
  readonly outline: Outline
  readonly texts: EditorTexts
}

/** The headings of the page beside it, once somebody asks for them. */
export function OutlinePanel(props: OutlineProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <div className={styles['outline']}>
      <ToolButton name={isOpen ? props.texts.outlineHide : props.texts.outline} onPress={() => setOpen(!isOpen)}>
        {isOpen ? <IconX size={18} stroke={1.75} /> : <IconList size={18} stroke={1.75} />}
      </ToolButton>
      {isOpen && <Headings {...props} />}
    </div>
  )
}

function Headings({ outline, texts }: OutlineProps) {
  const { headings, current } = useSyncExternalStore(outline.subscribe, outline.snapshot)
  return (
    <nav aria-label={texts.outline} className={styles['panel']}>
      {headings.length === 0 ? (
        <p>{texts.outlineEmpty}</p>
      ) : (
        <ul>
          {headings.map((heading, index) => (
            <li key={heading.index} data-level={heading.level}>
              <button
                type="button"
                aria-current={index === current ? 'location' : undefined}
                onClick={() => outline.goTo(heading)}
              >
                {heading.words === '' ? texts.outlineUntitled : heading.words}
              </button>
            </li>
          ))}
        </ul>
      )}
    </nav>
  )
}
