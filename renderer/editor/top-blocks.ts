import type { Node, ResolvedPos } from '@tiptap/pm/model'
import { absolutePositionToRelativePosition } from 'y-prosemirror'
import * as Y from 'yjs'
import type { PageMapping } from './page-from-yjs.ts'

interface ChangedBlock {
  readonly block: Y.XmlElement
  readonly node: Node
}

/** The top-level blocks of a page in order, listed once and again after one came or went: to walk along them is dear in a long page. */
export class TopBlocks {
  readonly #fragment: Y.XmlFragment
  #blocks: readonly Y.XmlElement[] | null = null

  constructor(fragment: Y.XmlFragment) {
    this.#fragment = fragment
  }

  /** Before anybody asks again after `transaction`. */
  follow({ changed }: Y.Transaction): void {
    const lists: ReadonlyMap<unknown, unknown> = changed
    if (lists.has(this.#fragment)) this.#blocks = null
  }

  forget(): void {
    this.#blocks = null
  }

  /** The one block in which two editor documents differ, as what it becomes; null where more differs, or the page is not the first of them. */
  onlyChanged(before: Node, after: Node, mapping: PageMapping): ChangedBlock | null {
    if (before.childCount !== after.childCount) return null
    let index = 0
    while (index < after.childCount && before.child(index) === after.child(index)) index += 1
    for (let rest = index + 1; rest < after.childCount; rest += 1) {
      if (before.child(rest) !== after.child(rest)) return null
    }
    const [old, node] = [before.maybeChild(index), after.maybeChild(index)]
    const block = this.#at(index)
    if (old === null || node === null || block === undefined) return null
    return mapping.get(block) === old && block.nodeName === node.type.name ? { block, node } : null
  }

  /**
   * What a place in the editor's document stands beside. As y-prosemirror's own, which goes there past every block before: a tenth of
   * each keystroke in a page of 2,600 blocks.
   */
  relativePositionOf(place: ResolvedPos, mapping: PageMapping): Y.RelativePosition {
    const inBlock = place.depth === 0 ? 0 : place.pos - place.start(1)
    const block = inBlock > 0 ? this.#at(place.index(0)) : undefined
    // Before a block, and at its very beginning, theirs minds what stands around; and so it does where the two differ.
    return block !== undefined && mapping.get(block) === place.node(1)
      ? absolutePositionToRelativePosition(inBlock, block, mapping)
      : absolutePositionToRelativePosition(place.pos, this.#fragment, mapping)
  }

  #at(index: number): Y.XmlElement | undefined {
    this.#blocks ??= this.#fragment.toArray().filter((block) => block instanceof Y.XmlElement)
    return this.#blocks[index]
  }
}
