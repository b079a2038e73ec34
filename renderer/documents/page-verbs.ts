import type { PageId } from '../../model/ids.ts'
import { isSharedPage } from '../../model/kinds.ts'
import { openPage, type PageDocument } from '../../model/page.ts'
import type { OpenOrganisation } from './organisation.ts'
import type { Plein } from './plein.ts'

/** What one does to pages without opening them: each on the disk before it is done. */
export class PageVerbs {
  readonly #open: () => OpenOrganisation

  constructor(mustBeOpen: () => OpenOrganisation) {
    this.#open = mustBeOpen
  }

  createPage(page: Parameters<Plein['createPage']>[0]): Promise<PageId> {
    return this.#open().createPage(page)
  }

  renamePage(id: PageId, title: string): void {
    void this.#withPage(id, (page) => {
      page.rename(title)
    })
  }

  setPageIcon(id: PageId, icon: string | null): void {
    void this.#withPage(id, (page) => {
      page.setIcon(icon)
    })
  }

  async movePage(id: PageId, to: { readonly parent: PageId | null; readonly before: PageId | null }): Promise<void> {
    const organisation = this.#open()
    const record = organisation.lists.record(id)
    if (record === undefined) return
    const tree = await organisation.openTree(record.spaceId)
    tree?.move(id, to)
    await organisation.batch.flush()
  }

  /** A shared page is archived in its space's tree, an authored one in itself. */
  async setArchived(id: PageId, isArchived: boolean): Promise<void> {
    const organisation = this.#open()
    const record = organisation.lists.record(id)
    if (record === undefined) return
    if (record.pageKind !== null && isSharedPage(record.pageKind)) {
      const tree = await organisation.openTree(record.spaceId)
      if (isArchived) tree?.setArchived(id, true)
      else tree?.restore(id)
    } else {
      await this.#withPage(id, (page) => {
        page.setArchived(isArchived)
      })
    }
    await organisation.batch.flush()
  }

  async #withPage(id: PageId, change: (page: PageDocument) => void): Promise<void> {
    const document = await this.#open().documents.open(id, { live: false })
    if (document === null) return
    change(openPage(document.doc))
    document.release()
  }
}
