import type { ImageAlign } from '../../model/page-content.ts'
import type { SlashBlock } from './editor-texts.ts'

/** Where a menu stands, in pixels from the top left of the editor's frame, so that it scrolls along. */
export interface Place {
  readonly left: number
  readonly top: number
  /** Opens upwards from `top`: too little room below. */
  readonly isAbove: boolean
  /** Ends at `left` instead of beginning there. */
  readonly isEnd?: boolean
}

export interface SlashMenuState {
  readonly place: Place
  readonly items: readonly SlashBlock[]
  readonly index: number
  choose(item: SlashBlock): void
}

/** Something that one chooses by its name. */
export interface Choice {
  readonly id: string
  readonly title: string
  readonly about: string
  readonly icon: 'page' | 'new' | 'person'
}

export interface ChoiceMenuState {
  readonly place: Place
  readonly label: string
  readonly items: readonly Choice[]
  readonly index: number
  choose(choice: Choice): void
}

/** The selected image. */
export interface ImageMenuState {
  readonly position: number
  readonly place: Place
  readonly align: ImageAlign | null
  readonly caption: string
  readonly alt: string
}

export interface MarksState {
  readonly bold: boolean
  readonly italic: boolean
  readonly strike: boolean
  readonly code: boolean
  /** The address of the link in which the selection stands. */
  readonly href: string | null
}

export interface ToolbarState {
  readonly place: Place
  readonly marks: MarksState
  /** The toolbar shows the field for an address. */
  readonly isLinking: boolean
}

export interface MenusSnapshot {
  readonly slash: SlashMenuState | null
  readonly choices: ChoiceMenuState | null
  readonly toolbar: ToolbarState | null
  /** The table with the caret: where it begins in the document, and on the screen. */
  readonly table: { readonly position: number; readonly place: Place } | null
  /** The top-level block whose menu is open, by where it begins. */
  readonly block: { readonly position: number; readonly place: Place } | null
  readonly image: ImageMenuState | null
  /** Words about something that could not be done. */
  readonly notice: string | null
  /** What is looked for when the bar opens. */
  readonly find: { readonly first: string } | null
}

const closed: MenusSnapshot = {
  slash: null,
  choices: null,
  toolbar: null,
  table: null,
  block: null,
  image: null,
  notice: null,
  find: null,
}

/** What floats over one editor. React draws it from here, so that a keystroke without a menu renders nothing. */
export class EditorMenus {
  #snapshot = closed
  readonly #listeners = new Set<() => void>()

  readonly snapshot = (): MenusSnapshot => this.#snapshot

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange)
    return () => {
      this.#listeners.delete(onChange)
    }
  }

  closeAll(): void {
    this.update(closed)
  }

  update(change: Partial<MenusSnapshot>): void {
    const isSame = Object.entries(change).every(([key, value]) =>
      Object.entries(this.#snapshot).some(([k, v]) => k === key && v === value),
    )
    if (isSame) return
    this.#snapshot = { ...this.#snapshot, ...change }
    for (const listener of this.#listeners) listener()
  }
}
