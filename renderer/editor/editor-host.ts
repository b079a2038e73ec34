import { Editor } from '@tiptap/core'
import type { Extensions } from '@tiptap/core'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import type { AnchorBoard } from '../documents/anchor-board.ts'
import type { UnknownContent } from '../../model/page-schema-guard.ts'
import { BareAtoms } from './bare-atoms.ts'
import { blockHandle } from './block-handle.ts'
import { blockMoves } from './block-moves.ts'
import { carets } from './carets.ts'
import { commentAnchors } from './comment-anchors.ts'
import { stockColour } from './caret-drawing.ts'
import { editorBinding } from './editor-binding.ts'
import { PageBinding } from './page-binding.ts'
import { EditorMenus } from './editor-menus.ts'
import { editorTexts } from './editor-texts.ts'
import type { EditorTexts } from './editor-texts.ts'
import { find } from './find.ts'
import { imageView } from './image-view.ts'
import type { FileUrl } from './image-view.ts'
import { knownAt } from './known-at.ts'
import { links } from './links.ts'
import { LiveBlock } from './live-block.ts'
import { MarkdownShortcuts } from './markdown-shortcuts.ts'
import { Outline } from './outline.ts'
import { pageExtensions } from './page-extensions.ts'
import { insertFiles, paste } from './paste.ts'
import type { FileTarget, OnFile, OnImage } from './paste.ts'
import { attachmentView } from './attachment-view.ts'
import { liveCompletion } from './live-completion.ts'
import { mentionView, pageLinkView } from './live-view.ts'
import type { PageSurroundings } from './page-surroundings.ts'
import { placeholder } from './placeholder.ts'
import { slashMenu } from './slash-menu.ts'
import { toolbars } from './toolbar-plugin.ts'
import { unsentBlocks, type SentState } from './unsent-blocks.ts'
import styles from './editor.module.css'

export type EditorMode = 'edit' | 'read-only'

/** Who writes here, as others see it beside the caret. */
export interface EditorUser {
  readonly name: string
  /** A people colour of the design, such as `delft`. */
  readonly colour: string
}

/** What the editor asks of the screen around it; may change at any time without the editor starting anew. */
export interface EditorHandlers {
  readonly onUnknownContent: (unknown: UnknownContent) => void
  readonly onOpenLink: (href: string) => void
  readonly onImage?: OnImage | undefined
  readonly fileUrl?: FileUrl | undefined
  /** Without it pages, people and files have no names here but those in the page, and no completion. */
  readonly around?: PageSurroundings | undefined
}

export interface HostOptions {
  readonly doc: Y.Doc
  readonly awareness: Awareness | null
  readonly language: string
  /** Below `pageSchemaVersion`: acts as the app of that time, which knew fewer nodes. */
  readonly schemaVersion: number
  readonly handlers: EditorHandlers
  /** Whether what is written here is on the server; without it nothing is marked as waiting. */
  readonly sent?: SentState | undefined
  /** Where comments stand beside the page; none where nobody comments. */
  readonly comments?: AnchorBoard | undefined
}

export interface HostSnapshot {
  /** Null before it is attached, and for good once something unknown was met. */
  readonly editor: Editor | null
  readonly unknown: UnknownContent | null
}

/** One editor for one open page: made when it gets its place on the screen, gone when it loses it, or when the page outgrows it. */
export class EditorHost {
  readonly menus = new EditorMenus()
  readonly outline = new Outline()
  readonly texts: EditorTexts
  handlers: EditorHandlers
  readonly #options: HostOptions
  readonly #listeners = new Set<() => void>()
  #snapshot: HostSnapshot = { editor: null, unknown: null }

  constructor(options: HostOptions) {
    this.#options = options
    this.handlers = options.handlers
    this.texts = editorTexts(options.language)
  }

  readonly snapshot = (): HostSnapshot => this.#snapshot

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange)
    return () => {
      this.#listeners.delete(onChange)
    }
  }

  /** Puts the editor into an element; returns what takes it out. Attaching a page writes nothing into it. */
  attach(element: HTMLElement, mode: EditorMode): () => void {
    const { doc, schemaVersion } = this.#options
    const onUnknown = (unknown: UnknownContent) => {
      this.#giveUp(unknown)
    }
    const binding = new PageBinding({ doc, known: knownAt(schemaVersion), onUnknown })
    const editor = this.#createEditor(mode, binding)
    if (editor === null) return () => undefined
    editor.mount(element)
    this.#set({ editor, unknown: null })
    return () => {
      editor.destroy()
      if (this.#snapshot.editor === editor) this.#set({ ...this.#snapshot, editor: null })
    }
  }

  setUser({ name, colour }: EditorUser): void {
    // Stock clients read `color`; the server stamps the name over whatever stands here.
    this.#options.awareness?.setLocalStateField('user', { name, colour, color: stockColour(colour) })
  }

  /** An editor that holds the page but is not on the screen yet; null where the page holds something unknown. */
  #createEditor(mode: EditorMode, binding: PageBinding): Editor | null {
    let unknown: UnknownContent | null = null
    const editor = new Editor({
      element: null,
      extensions: [...this.#pageParts(), ...this.#behaviour(binding)],
      editable: mode === 'edit',
      injectCSS: false,
      coreExtensionOptions: { clipboardTextSerializer: { blockSeparator: '\n\n' } },
      // `delete` compares the document before and after each key, for an event that nobody here listens to.
      enableCoreExtensions: { delete: false },
      editorProps: {
        attributes: {
          class: styles['page'] ?? '',
          'aria-label': this.texts.label,
          'aria-multiline': 'true',
          'aria-readonly': String(mode === 'read-only'),
        },
      },
      // Nodes belong to the schema of one editor, which exists from here on.
      onBeforeCreate: ({ editor: created }) => {
        const content = binding.read(created.schema)
        // Tiptap takes a node as it is; its types forget to say so.
        if (content.ok) Object.assign(created.options, { content: content.value })
        else unknown = content.error
      },
    })
    if (unknown === null) return editor
    editor.destroy()
    this.#giveUp(unknown)
    return null
  }

  #pageParts(): Extensions {
    const fileUrl: FileUrl = async (file) => (await this.handlers.fileUrl?.(file)) ?? null
    return pageExtensions({
      taskLabel: this.texts.task,
      calloutLabel: (kind) => this.texts.calloutKind[kind],
      toggleLabel: this.texts.toggleFlip,
      drawAttachment: attachmentView(this.#around, this.texts, (notice) => {
        this.menus.update({ notice })
      }),
      drawPageLink: pageLinkView(this.#around, this.texts.pageGone),
      drawMention: mentionView(this.#around),
      drawImage: imageView(fileUrl, { missing: this.texts.imageMissing, elsewhere: this.texts.imageElsewhere }),
    })
  }

  #behaviour(binding: PageBinding): Extensions {
    const { awareness, comments, sent } = this.#options
    const { onImage, around } = this.handlers
    const onFile = around === undefined ? null : this.#onFile
    const pick = (accept: string) => (editor: Editor) => {
      pickFiles({ editor, binding, onImage: this.#onImage, onFile }, accept)
    }
    return [
      editorBinding(binding),
      ...(awareness === null ? [] : [carets(binding, awareness)]),
      ...(comments === undefined ? [] : [commentAnchors({ binding, board: comments })]),
      placeholder({ page: this.texts.placeholderPage, paragraph: this.texts.placeholderParagraph }),
      ...(sent === undefined ? [] : [unsentBlocks(sent)]),
      BareAtoms,
      LiveBlock,
      MarkdownShortcuts,
      paste({ binding, onImage: onImage === undefined ? undefined : this.#onImage, onFile }),
      ...liveCompletion({ menus: this.menus, texts: this.texts, binding, around: this.#around }),
      links((href) => {
        this.handlers.onOpenLink(href)
      }),
      slashMenu({
        menus: this.menus,
        texts: this.texts,
        pickImage: onImage === undefined ? null : pick(imageTypes),
        pickFile: around === undefined ? null : pick(''),
      }),
      toolbars(this.menus),
      blockMoves(binding),
      blockHandle({ binding, menus: this.menus, texts: this.texts }),
      find(this.menus),
      this.outline.extension(),
    ]
  }

  readonly #around = (): PageSurroundings | undefined => this.handlers.around

  readonly #onFile: OnFile = async (file) => {
    const kept = (await this.handlers.around?.addFile(file)) ?? null
    if (kept === null) this.menus.update({ notice: this.texts.fileNotKept(file.name) })
    return kept
  }

  readonly #onImage: OnImage = async (file) => (await this.handlers.onImage?.(file)) ?? null

  /** Called also from inside a Yjs transaction, before its observers: nothing of this editor may outlive this call. */
  #giveUp(unknown: UnknownContent): void {
    const { editor } = this.#snapshot
    this.#set({ editor: null, unknown })
    editor?.destroy()
    this.handlers.onUnknownContent(unknown)
  }

  #set(snapshot: HostSnapshot): void {
    this.#snapshot = snapshot
    for (const listener of this.#listeners) listener()
  }
}

const imageTypes = 'image/png,image/jpeg,image/gif,image/webp,image/avif'

/** Lets this person choose files of theirs, of these types, for the place with the caret. */
function pickFiles(target: FileTarget, accept: string): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = accept
  input.multiple = true
  input.addEventListener('change', () => {
    void insertFiles(target, [...(input.files ?? [])], target.editor.state.selection.from)
  })
  input.click()
}
