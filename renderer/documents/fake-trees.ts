import type { PageId, SpaceId } from '../../model/ids.ts'
import { ok, type Result } from '../../model/result.ts'
import { Cell } from './fake-cell.ts'
import type { Plein } from './plein.ts'
import type { CopyError, LastMove, TreePlace, Trees } from './trees.ts'

type Verbs = Pick<Plein, 'movePage' | 'archivePage' | 'restorePage' | 'createPage'>

/** Several pages at once, by the verbs for one page of the fake. */
export class FakeTrees implements Trees {
  readonly lastMove = new Cell<LastMove | null>(null)
  readonly #verbs: Verbs
  readonly #spaceOf: (id: PageId) => SpaceId

  constructor(verbs: Verbs, spaceOf: (id: PageId) => SpaceId) {
    this.#verbs = verbs
    this.#spaceOf = spaceOf
  }

  async movePages(spaceId: SpaceId, ids: readonly PageId[], to: TreePlace): Promise<boolean> {
    for (const id of ids) await this.#verbs.movePage(id, to)
    this.lastMove.set({ spaceId, ids, isNew: true })
    return true
  }

  undoMove(): Promise<boolean> {
    this.lastMove.set(null)
    return Promise.resolve(false)
  }

  async archivePages(ids: readonly PageId[]): Promise<void> {
    for (const id of ids) await this.#verbs.archivePage(id)
  }

  async restorePages(ids: readonly PageId[]): Promise<void> {
    for (const id of ids) await this.#verbs.restorePage(id)
  }

  async duplicatePage(id: PageId, { title }: { readonly title: string }): Promise<Result<PageId, CopyError>> {
    return ok(await this.#verbs.createPage({ spaceId: this.#spaceOf(id), kind: 'wiki', title, parent: null }))
  }
}
