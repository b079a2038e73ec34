import type { FileHash, PageId, PersonId } from '../../model/ids.ts'
import { isSharedPage } from '../../model/kinds.ts'
import { pageRowLive, pagesByTitle } from '../documents/find-pages.ts'
import { findPageRow } from '../documents/use-page-rows.ts'
import type { AddedFile, FileState } from '../documents/files.ts'
import type { Live, PageSnapshot, Plein } from '../documents/plein.ts'
import type { NamedPage, NamedPerson, PageSurroundings } from './page-surroundings.ts'

const mostChoices = 8

/** The surroundings of a page in this window: read from the lists that are on this laptop. */
export class PleinSurroundings implements PageSurroundings {
  readonly #plein: Plein
  readonly #page: PageSnapshot

  constructor(plein: Plein, page: PageSnapshot) {
    this.#plein = plein
    this.#page = page
  }

  pageTitle(id: PageId): Live<string | null> {
    return pageRowLive(this.#plein, id, (row) => row?.title ?? null)
  }

  personName(id: PersonId): Live<string | null> {
    const card = this.#plein.people.person(id)
    return { snapshot: () => card.snapshot()?.name ?? null, subscribe: (onChange) => card.subscribe(onChange) }
  }

  findPages(query: string): readonly NamedPage[] {
    const found = pagesByTitle(this.#plein, query).filter(({ page }) => page.id !== this.#page.id)
    return found
      .slice(0, mostChoices)
      .map(({ page, spaceName }) => ({ id: page.id, title: page.title, place: spaceName }))
  }

  findPeople(query: string): readonly NamedPerson[] {
    const wanted = folded(query)
    const people = this.#plein.people.all.snapshot().filter(({ isFormer, suspended }) => !isFormer && !suspended)
    const rank = (name: string) => {
      const words = folded(name).split(' ')
      return folded(name).startsWith(wanted) ? 0 : words.some((word) => word.startsWith(wanted)) ? 1 : 2
    }
    return people
      .filter(({ name }) => rank(name) < 2)
      .toSorted((one, other) => rank(one.name) - rank(other.name))
      .slice(0, mostChoices)
  }

  async createPage(title: string): Promise<PageId | null> {
    // What was read when the editor was opened may have changed meanwhile.
    const row = findPageRow(this.#plein, this.#page.id)
    const isShared = isSharedPage(this.#page.kind)
    if (row?.archived === true || !this.#page.mayEdit) return null
    const parent = isShared ? this.#page.id : null
    return await this.#plein.createPage({
      spaceId: this.#page.spaceId,
      kind: isShared ? 'wiki' : 'note',
      title,
      parent,
    })
  }

  fileState(hash: FileHash): Live<FileState> {
    return this.#plein.files.state(this.#page.spaceId, hash)
  }

  async addFile(file: File): Promise<AddedFile | null> {
    const added = await this.#plein.files.add(this.#page.spaceId, file)
    return added.ok ? added.value : null
  }

  /** Never navigated to: a page or picture opened by its address would run as the app. */
  async openFile(hash: FileHash, name: string): Promise<boolean> {
    const blob = await this.#plein.files.bytes(this.#page.spaceId, hash)
    if (blob === null) return false
    const address = URL.createObjectURL(new Blob([blob], { type: 'application/octet-stream' }))
    const link = document.createElement('a')
    link.href = address
    link.download = name
    link.click()
    URL.revokeObjectURL(address)
    return true
  }
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
}
