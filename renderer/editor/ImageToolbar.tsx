import {
  IconAlignCenter,
  IconAlignLeft,
  IconAlignRight,
  IconArrowsMaximize,
  IconArrowsMinimize,
} from '@tabler/icons-react'
import type { Editor } from '@tiptap/core'
import type { ComponentType } from 'react'
import type { ImageAlign } from '../../model/page-content.ts'
import type { EditorMenus, ImageMenuState } from './editor-menus.ts'
import type { EditorTexts } from './editor-texts.ts'
import { Floating } from './Floating.tsx'
import { setImage, widthStep } from './image-size.ts'
import { Toolbar, ToolButton } from './Toolbar.tsx'
import { useMenus } from './use-menus.ts'
import styles from './menus.module.css'

interface ImageToolbarProps {
  readonly editor: Editor
  readonly menus: EditorMenus
  readonly texts: EditorTexts
}

const places: readonly {
  readonly align: ImageAlign | null
  readonly name: 'imageLeft' | 'imageCenter' | 'imageRight'
  readonly Icon: ComponentType<{ readonly size: number; readonly stroke: number }>
}[] = [
  { align: null, name: 'imageLeft', Icon: IconAlignLeft },
  { align: 'center', name: 'imageCenter', Icon: IconAlignCenter },
  { align: 'right', name: 'imageRight', Icon: IconAlignRight },
]

/** Over the selected image: its place and width, the words below it, and what it says to who cannot see it. */
export function ImageToolbar(props: ImageToolbarProps) {
  const { image } = useMenus(props.menus)
  // Another image is another form; the same one keeps what is being typed.
  return image === null ? null : <OpenToolbar key={image.position} {...props} image={image} />
}

function OpenToolbar({ editor, texts, image }: ImageToolbarProps & { readonly image: ImageMenuState }) {
  const { position, place, align } = image
  return (
    <Floating place={place}>
      <Toolbar label={texts.imageTools} onLeave={() => editor.commands.focus()}>
        {places.map((one) => (
          <ToolButton
            key={one.name}
            name={texts[one.name]}
            isPressed={align === one.align}
            onPress={() => setImage(editor, position, { align: one.align })}
          >
            <one.Icon size={18} stroke={1.75} />
          </ToolButton>
        ))}
        <ToolButton name={texts.imageNarrower} onPress={() => widthStep(editor, position, -1)}>
          <IconArrowsMinimize size={18} stroke={1.75} />
        </ToolButton>
        <ToolButton name={texts.imageWider} onPress={() => widthStep(editor, position, 1)}>
          <IconArrowsMaximize size={18} stroke={1.75} />
        </ToolButton>
        <Field
          label={texts.imageCaption}
          first={image.caption}
          onSet={(caption) => setImage(editor, position, { caption: caption === '' ? null : caption })}
        />
        <Field
          label={texts.imageAlt}
          first={image.alt}
          onSet={(alt) => setImage(editor, position, { alt: alt === '' ? null : alt })}
        />
      </Toolbar>
    </Floating>
  )
}

function Field(props: { readonly label: string; readonly first: string; readonly onSet: (words: string) => void }) {
  return (
    <input
      type="text"
      className={styles['imageField']}
      aria-label={props.label}
      placeholder={props.label}
      defaultValue={props.first}
      onBlur={(event) => {
        const words = event.target.value.replaceAll(/\s+/g, ' ').trim()
        if (words !== props.first) props.onSet(words)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
      }}
    />
  )
}
