import { IconX } from '@tabler/icons-react'
import type { EditorMenus } from './editor-menus.ts'
import type { EditorTexts } from './editor-texts.ts'
import { ToolButton } from './Toolbar.tsx'
import { useMenus } from './use-menus.ts'
import styles from './menus.module.css'

/** What could not be done, until one closes it. */
export function EditorNotice({ menus, texts }: { readonly menus: EditorMenus; readonly texts: EditorTexts }) {
  const { notice } = useMenus(menus)
  return notice === null ? null : (
    <div role="alert" className={styles['notice']}>
      <span>{notice}</span>
      <ToolButton name={texts.close} onPress={() => menus.update({ notice: null })}>
        <IconX size={18} stroke={1.75} />
      </ToolButton>
    </div>
  )
}
