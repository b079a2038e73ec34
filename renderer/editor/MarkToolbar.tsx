import {
  IconBold,
  IconCode,
  IconExternalLink,
  IconItalic,
  IconLink,
  IconStrikethrough,
  IconUnlink,
} from '@tabler/icons-react'
import type { Editor } from '@tiptap/core'
import type { AnchorBoard } from '../documents/anchor-board.ts'
import { CommentTool } from './CommentButton.tsx'
import type { EditorMenus, ToolbarState } from './editor-menus.ts'
import type { EditorTexts } from './editor-texts.ts'
import { Floating } from './Floating.tsx'
import { LinkField } from './LinkField.tsx'
import { safeHref } from './safe-address.ts'
import { Toolbar, ToolButton } from './Toolbar.tsx'
import { openLinkField } from './toolbar-plugin.ts'
import { useMenus } from './use-menus.ts'

interface MarkToolbarProps {
  readonly editor: Editor
  readonly menus: EditorMenus
  readonly texts: EditorTexts
  readonly onOpenLink: (href: string) => void
  readonly comments?: AnchorBoard | undefined
}

/** Over a selection its marks; beside a link what can be done with it; after Mod-K the field for an address. */
export function MarkToolbar(props: MarkToolbarProps) {
  const { toolbar } = useMenus(props.menus)
  if (toolbar === null) return null
  const close = () => {
    props.menus.update({ toolbar: null })
    props.editor.commands.focus()
  }
  return (
    <Floating place={toolbar.place}>
      <Toolbar label={props.texts.toolbar} onLeave={close}>
        {toolbar.isLinking ? (
          <LinkField editor={props.editor} href={toolbar.marks.href} texts={props.texts} onDone={close} />
        ) : (
          <>
            {!props.editor.state.selection.empty && <Marks {...props} toolbar={toolbar} />}
            <LinkTools {...props} toolbar={toolbar} />
            {props.comments !== undefined && !props.editor.state.selection.empty && (
              <CommentTool board={props.comments} texts={props.texts} />
            )}
          </>
        )}
      </Toolbar>
    </Floating>
  )
}

function Marks({ editor, texts, toolbar: { marks } }: MarkToolbarProps & { readonly toolbar: ToolbarState }) {
  const chain = () => editor.chain().focus()
  return (
    <>
      <ToolButton name={texts.bold} shortcut="Ctrl B" isPressed={marks.bold} onPress={() => chain().toggleBold().run()}>
        <IconBold size={18} stroke={1.75} />
      </ToolButton>
      <ToolButton
        name={texts.italic}
        shortcut="Ctrl I"
        isPressed={marks.italic}
        onPress={() => chain().toggleItalic().run()}
      >
        <IconItalic size={18} stroke={1.75} />
      </ToolButton>
      <ToolButton
        name={texts.strike}
        shortcut="Ctrl Shift S"
        isPressed={marks.strike}
        onPress={() => chain().toggleStrike().run()}
      >
        <IconStrikethrough size={18} stroke={1.75} />
      </ToolButton>
      <ToolButton name={texts.code} shortcut="Ctrl E" isPressed={marks.code} onPress={() => chain().toggleCode().run()}>
        <IconCode size={18} stroke={1.75} />
      </ToolButton>
    </>
  )
}

function LinkTools({
  editor,
  menus,
  texts,
  onOpenLink,
  toolbar,
}: MarkToolbarProps & { readonly toolbar: ToolbarState }) {
  const { href } = toolbar.marks
  const safe = safeHref(href)
  return (
    <>
      <ToolButton
        name={texts.link}
        shortcut="Ctrl K"
        isPressed={href !== null}
        onPress={() => openLinkField(editor, menus)}
      >
        <IconLink size={18} stroke={1.75} />
      </ToolButton>
      {safe !== null && (
        <ToolButton name={texts.linkOpen} onPress={() => onOpenLink(safe)}>
          <IconExternalLink size={18} stroke={1.75} />
        </ToolButton>
      )}
      {href !== null && (
        <ToolButton
          name={texts.linkRemove}
          onPress={() => editor.chain().focus().extendMarkRange('link').unsetLink().run()}
        >
          <IconUnlink size={18} stroke={1.75} />
        </ToolButton>
      )}
    </>
  )
}
