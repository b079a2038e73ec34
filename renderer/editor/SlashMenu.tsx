import {
  IconAlertTriangle,
  IconBlockquote,
  IconChevronRight,
  IconCode,
  IconH1,
  IconH2,
  IconH3,
  IconLetterT,
  IconList,
  IconListCheck,
  IconListNumbers,
  IconInfoCircle,
  IconPaperclip,
  IconPhoto,
  IconSeparatorHorizontal,
  IconTable,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { EditorMenus, SlashMenuState } from './editor-menus.ts'
import type { EditorTexts, SlashBlock } from './editor-texts.ts'
import { Floating } from './Floating.tsx'
import { scrollIntoView } from './menu-keys.ts'
import { slashOptionId } from './slash-menu.ts'
import { useMenus } from './use-menus.ts'
import styles from './menus.module.css'

const icons: Readonly<Record<SlashBlock, ComponentType<{ readonly size: number; readonly stroke: number }>>> = {
  text: IconLetterT,
  heading1: IconH1,
  heading2: IconH2,
  heading3: IconH3,
  bulletList: IconList,
  orderedList: IconListNumbers,
  taskList: IconListCheck,
  table: IconTable,
  quote: IconBlockquote,
  codeBlock: IconCode,
  image: IconPhoto,
  rule: IconSeparatorHorizontal,
  callout: IconInfoCircle,
  warning: IconAlertTriangle,
  toggle: IconChevronRight,
  file: IconPaperclip,
}

/** The blocks that `/` offers. The caret stays in the text, so keys are handled there; this only shows, and takes clicks. */
export function SlashMenu({ menus, texts }: { readonly menus: EditorMenus; readonly texts: EditorTexts }) {
  const { slash } = useMenus(menus)
  return (
    <>
      <p role="status" className={styles['hidden']}>
        {slash !== null && (slash.items.length === 0 ? texts.slashNothing : texts.slashCount(slash.items.length))}
      </p>
      {slash !== null && (
        <Floating place={slash.place}>
          <div className={styles['slash']}>
            {slash.items.length === 0 ? (
              <p className={styles['slashNothing']}>{texts.slashNothing}</p>
            ) : (
              <Options slash={slash} texts={texts} />
            )}
            <p className={styles['slashKeys']} aria-hidden="true">
              <span>
                <kbd>↑</kbd> <kbd>↓</kbd> {texts.choose}
              </span>
              <span>
                <kbd>Esc</kbd> {texts.close}
              </span>
            </p>
          </div>
        </Floating>
      )}
    </>
  )
}

function Options({ slash, texts }: { readonly slash: SlashMenuState; readonly texts: EditorTexts }) {
  return (
    <div role="listbox" aria-label={texts.slashMenu} tabIndex={0} className={styles['slashList']}>
      {slash.items.map((block, index) => {
        const Icon = icons[block]
        const { title, about } = texts.blocks[block]
        const isChosen = index === slash.index
        return (
          <div
            key={block}
            id={slashOptionId(block) ?? undefined}
            role="option"
            aria-selected={isChosen}
            className={styles['slashOption']}
            ref={isChosen ? scrollIntoView : undefined}
            onClick={() => slash.choose(block)}
          >
            <span className={styles['slashIcon']}>
              <Icon size={18} stroke={1.75} />
            </span>
            <span>
              <b>{title}</b>
              <span>{about}</span>
            </span>
            {isChosen && <kbd aria-hidden="true">↵</kbd>}
          </div>
        )
      })}
    </div>
  )
}
