import { Fragment, Slice } from '@tiptap/pm/model'
import type { Node, Schema } from '@tiptap/pm/model'
import { NodeSelection, PluginKey, TextSelection } from '@tiptap/pm/state'
import type { EditorState, Selection, Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { absolutePositionToRelativePosition, updateYFragment } from 'y-prosemirror'
import * as Y from 'yjs'
import { carryOwnWriting } from '../../model/block-carry.ts'
import { followMoves, movesOf } from '../../model/block-moves.ts'
import { findUnknown, unknownInTransaction } from '../../model/page-schema-guard.ts'
import type { UnknownContent } from '../../model/page-schema-guard.ts'
import { bodyFragmentName } from '../../model/page-content.ts'
import type { KnownContent } from '../../model/page-content.ts'
import { fail, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import { absolutePositionOf } from './absolute-position.ts'
import { buildPage } from './page-from-yjs.ts'
import type { PageMapping } from './page-from-yjs.ts'
import { readSelection } from './read-selection.ts'
import { TopBlocks } from './top-blocks.ts'

/** A selection by what it stands beside, so that it survives what others write. */
export interface RelativeSelection {
  readonly anchor: Y.RelativePosition
  readonly head: Y.RelativePosition
  readonly isNode: boolean
}

/** Set on every editor transaction that shows what came from the document; plugins must not answer those with changes. */
export const fromDocument = new PluginKey<boolean>('fromDocument')

/** Not this binding: moving letters together is not something that a person did, so undo leaves it alone. */
const joinOrigin = 'plein:join-texts'
/** Nor is writing again what went down with a block that another moved. */
const carryOrigin = 'plein:carry'

/** Whether a transaction shows what others (or undo) wrote, rather than what this person did. */
export function isFromDocument(transaction: Transaction): boolean {
  return transaction.getMeta(fromDocument) === true
}

/**
 * Ties one editor view to the body of one page. Writing is y-prosemirror's `updateYFragment`; reading is our own, because
 * y-prosemirror deletes what it cannot show and replaces the whole editor document on each remote update.
 *
 * Invariant: the editor's document shows the whole body, or this binding is detached. It is detached before the editor sees
 * anything it does not know, so nothing can be deleted for not being known.
 */
export class PageBinding {
  readonly fragment: Y.XmlFragment
  readonly doc: Y.Doc
  readonly mapping: PageMapping = new Map()
  /** Where the selection was before the Yjs transaction that is under way; undo keeps it with its step. */
  selectionBefore: RelativeSelection | null = null
  /** Makes of what follows a step of undo of its own; set by whoever undoes. */
  startNewStep: () => void = () => undefined
  readonly #known: KnownContent
  readonly #onUnknown: (unknown: UnknownContent) => void
  /** y-prosemirror's cache of which marks may overlap. */
  readonly #overlapping = new Map()
  readonly #topBlocks: TopBlocks
  #view: EditorView | null = null
  #written: Y.Transaction | null = null
  /** The last relative selection, while the editor's selection is the one that it was made from, or that one moved along. */
  #lastSelection: { readonly of: Selection; readonly relative: RelativeSelection } | null = null
  #isShowing = false

  constructor(options: {
    readonly doc: Y.Doc
    readonly known: KnownContent
    readonly onUnknown: (unknown: UnknownContent) => void
  }) {
    this.doc = options.doc
    this.fragment = options.doc.getXmlFragment(bodyFragmentName)
    this.#topBlocks = new TopBlocks(this.fragment)
    movesOf(options.doc)
    this.#known = options.known
    this.#onUnknown = options.onUnknown
  }

  /**
   * Reads the page once, without writing. The editor must start from the very nodes that this gives, since the mapping holds
   * them: then attaching it changes nothing. An empty body is shown as one empty paragraph and stays empty until somebody types.
   */
  read(schema: Schema): Result<Node, UnknownContent> {
    const unknown = findUnknown(this.fragment, this.#known)
    if (unknown !== null) return fail(unknown)
    const { blocks, misfit } = buildPage(this.fragment, schema, this.mapping)
    if (misfit !== null) return fail(misfit)
    return ok(schema.topNodeType.create(null, blocks.length > 0 ? [...blocks] : schema.node('paragraph')))
  }

  attach(view: EditorView): void {
    this.#view = view
    this.doc.on('beforeAllTransactions', this.#noteSelection)
    this.doc.on('afterAllTransactions', this.#forgetSelection)
    this.#topBlocks.forget()
    this.doc.on('beforeObserverCalls', this.#guard)
    this.fragment.observeDeep(this.#show)
  }

  /** Stops both directions at once, also in the middle of a Yjs transaction. */
  detach(): void {
    if (this.#view === null) return
    this.#view = null
    this.doc.off('beforeAllTransactions', this.#noteSelection)
    this.doc.off('afterAllTransactions', this.#forgetSelection)
    this.doc.off('beforeObserverCalls', this.#guard)
    this.fragment.unobserveDeep(this.#show)
  }

  /** ② Writes what this person changed. The transaction's origin is this binding: undo tracks it. */
  write(state: EditorState, before: EditorState): void {
    if (this.#view === null || this.#isShowing || state.doc === before.doc) return
    this.selectionBefore = this.relativeSelection(before)
    // What is done to a selection is taken back by itself, however soon it follows what was typed elsewhere.
    if (!before.selection.empty) this.startNewStep()
    // Most keys change one block: y-prosemirror need not compare all others for them.
    const only = this.#topBlocks.onlyChanged(before.doc, state.doc, this.mapping)
    const { block, node } = only ?? { block: this.fragment, node: state.doc }
    this.doc.transact((transaction) => {
      this.#written = transaction
      updateYFragment(this.doc, block, node, { mapping: this.mapping, isOMark: this.#overlapping })
    }, this)
  }

  relativeSelection({ selection }: EditorState): RelativeSelection {
    const anchor = this.#topBlocks.relativePositionOf(selection.$anchor, this.mapping)
    // A caret needs but one.
    const head = selection.empty ? anchor : this.#topBlocks.relativePositionOf(selection.$head, this.mapping)
    return { anchor, head, isNode: selection instanceof NodeSelection }
  }

  relativePosition(position: number): Y.RelativePosition {
    return absolutePositionToRelativePosition(position, this.fragment, this.mapping)
  }

  /** Null where that place is gone, or lies outside the body. */
  absolutePosition(position: Y.RelativePosition): number | null {
    return absolutePositionOf(this.fragment, followMoves(this.doc, position), this)
  }

  /** Puts a selection back, clamped to what is there now. */
  restoreSelection(transaction: Transaction, selection: RelativeSelection): Transaction {
    const anchor = this.absolutePosition(selection.anchor)
    const head = this.absolutePosition(selection.head)
    if (anchor === null || head === null) return transaction
    const { doc } = transaction
    const clamp = (position: number) => Math.min(Math.max(position, 0), doc.content.size)
    if (selection.isNode && doc.nodeAt(clamp(anchor)) !== null) {
      return transaction.setSelection(NodeSelection.create(doc, clamp(anchor)))
    }
    return transaction.setSelection(TextSelection.between(doc.resolve(clamp(anchor)), doc.resolve(clamp(head))))
  }

  readonly #noteSelection = (): void => {
    // While writing it is known already, and the editor's state no longer matches the document.
    if (this.selectionBefore !== null || this.#view === null) return
    readSelection(this.#view)
    const { state } = this.#view
    // Others type more often than this person moves the caret, and what it stands beside stays the same meanwhile.
    if (this.#lastSelection?.of !== state.selection) {
      this.#lastSelection = { of: state.selection, relative: this.relativeSelection(state) }
    }
    this.selectionBefore = this.#lastSelection.relative
  }

  readonly #forgetSelection = (): void => {
    this.selectionBefore = null
  }

  /** Fires before any observer, so that an unknown name never reaches the editor. Costs what the transaction added. */
  readonly #guard = (transaction: Y.Transaction): void => {
    this.#topBlocks.follow(transaction)
    if (transaction === this.#written) return
    const unknown = unknownInTransaction(transaction, this.fragment, this.#known)
    if (unknown !== null) this.#giveUp(unknown)
  }

  readonly #show = (_events: unknown, transaction: Y.Transaction): void => {
    const view = this.#view
    if (view === null || transaction === this.#written) return
    this.#forgetChanged(transaction)
    if (view.editable) {
      this.#joinOwnTexts(transaction)
      this.#carryOwnWriting(transaction)
    }
    const { blocks, misfit } = buildPage(this.fragment, view.state.schema, this.mapping)
    if (misfit !== null) {
      this.#giveUp(misfit)
      return
    }
    this.#isShowing = true
    try {
      const shown = replaceChangedBlocks(view.state, blocks)
      if (shown === null) return
      const { from, to, transaction: change } = shown
      const { selection } = view.state
      const isTouched = selection.to >= from && selection.from <= to
      if (isTouched && this.selectionBefore !== null) this.restoreSelection(change, this.selectionBefore)
      view.dispatch(change.setMeta(fromDocument, true).setMeta('addToHistory', false))
      if (this.#lastSelection?.of === selection)
        this.#lastSelection = { ...this.#lastSelection, of: view.state.selection }
    } finally {
      this.#isShowing = false
    }
  }

  #giveUp(unknown: UnknownContent): void {
    this.detach()
    this.#onUnknown(unknown)
  }

  #forgetChanged(transaction: Y.Transaction): void {
    Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentType) this.mapping.delete(struct.content.type)
    })
    for (const type of transaction.changed.keys()) this.mapping.delete(type)
    for (const type of transaction.changedParentTypes.keys()) this.mapping.delete(type)
  }

  #carryOwnWriting(transaction: Y.Transaction): void {
    if (transaction.local) return
    for (const changed of carryOwnWriting(this.doc, transaction, carryOrigin)) {
      for (let item: Y.Item | null = changed; item !== null; item = parentOf(item)) {
        if (item.content instanceof Y.ContentType) this.mapping.delete(item.content.type)
      }
    }
  }

  /**
   * Two people who type the first letters of one empty paragraph make two texts in it. Whoever made the right one moves it
   * into the left one, once; were that left to the next edit, both would do it and letters would double (y-prosemirror 160).
   */
  #joinOwnTexts(transaction: Y.Transaction): void {
    for (const type of transaction.changed.keys()) {
      if (!(type instanceof Y.XmlElement) || type.length < 2) continue
      const children = type.toArray()
      for (let index = children.length - 1; index > 0; index--) {
        const left = children[index - 1]
        const right = children[index]
        if (
          !(left instanceof Y.XmlText) ||
          !(right instanceof Y.XmlText) ||
          right._item?.id.client !== this.doc.clientID
        )
          continue
        this.doc.transact(() => {
          left.applyDelta([{ retain: left.length }, ...right.toDelta()])
          type.delete(index, 1)
        }, joinOrigin)
        this.mapping.delete(left)
      }
    }
  }
}

function parentOf({ parent }: Y.Item): Y.Item | null {
  return parent instanceof Y.AbstractType ? parent._item : null
}

/** Replaces only the run of top-level blocks that differ, so that selections and decorations elsewhere just move along. */
function replaceChangedBlocks(
  state: EditorState,
  blocks: readonly Node[],
): { readonly from: number; readonly to: number; readonly transaction: Transaction } | null {
  const { doc } = state
  // An empty body is shown as one empty paragraph, which is not written before somebody types in it.
  if (blocks.length === 0 && doc.childCount === 1 && doc.firstChild?.content.size === 0) return null
  const shared = Math.min(doc.childCount, blocks.length)
  let left = 0
  let from = 0
  while (left < shared && doc.child(left) === blocks[left]) from += doc.child(left++).nodeSize
  let right = 0
  let to = doc.content.size
  while (right < shared - left && doc.child(doc.childCount - right - 1) === blocks[blocks.length - right - 1]) {
    to -= doc.child(doc.childCount - ++right).nodeSize
  }
  if (from === to && left + right === blocks.length) return null
  const changed = Fragment.fromArray(blocks.slice(left, blocks.length - right))
  return { from, to, transaction: state.tr.replace(from, to, new Slice(changed, 0, 0)) }
}
