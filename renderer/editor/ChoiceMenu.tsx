import { IconFilePlus, IconFileText, IconUser } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { choiceOptionId } from './choice-menu.ts'
import type { Choice, ChoiceMenuState, EditorMenus } from './editor-menus.ts'
import type { EditorTexts } from './editor-texts.ts'
import { Floating } from './Floating.tsx'
import { scrollIntoView } from './menu-keys.ts'
import { useMenus } from './use-menus.ts'
import styles from './menus.module.css'

const icons: Readonly<Record<Choice['icon'], ComponentType<{ readonly size: number; readonly stroke: number }>>> = {
  page: IconFileText,
  new: IconFilePlus,
  person: IconUser,
}

/** What `[[` and `@` offer. The caret stays in the text, so keys are handled there; this only shows, and takes clicks. */
export function ChoiceMenu({ menus, texts }: { readonly menus: EditorMenus; readonly texts: EditorTexts }) {
  const { choices } = useMenus(menus)
  return (
    <>
      <p role="status" className={styles['hidden']}>
        {choices !== null &&
          (choices.items.length === 0 ? texts.slashNothing : texts.choiceCount(choices.items.length))}
      </p>
      {choices !== null && (
        <Floating place={choices.place}>
          <div className={styles['slash']}>
            {choices.items.length === 0 ? (
              <p className={styles['slashNothing']}>{texts.slashNothing}</p>
            ) : (
              <Options choices={choices} />
            )}
          </div>
        </Floating>
      )}
    </>
  )
}

function Options({ choices }: { readonly choices: ChoiceMenuState }) {
  return (
    <div role="listbox" aria-label={choices.label} tabIndex={0} className={styles['slashList']}>
      {choices.items.map((choice, index) => {
        const Icon = icons[choice.icon]
        const isChosen = index === choices.index
        return (
          <div
            key={choice.id}
            id={choiceOptionId(choice)}
            role="option"
            aria-selected={isChosen}
            className={styles['slashOption']}
            ref={isChosen ? scrollIntoView : undefined}
            onClick={() => choices.choose(choice)}
          >
            <span className={styles['slashIcon']}>
              <Icon size={18} stroke={1.75} />
            </span>
            <span>
              <b>{choice.icon === 'new' ? choice.about : choice.title}</b>
              {choice.icon === 'page' && <span>{choice.about}</span>}
            </span>
            {isChosen && <kbd aria-hidden="true">↵</kbd>}
          </div>
        )
      })}
    </div>
  )
}
