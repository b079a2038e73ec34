import type { FileHash, PageId, PersonId } from '../../model/ids.ts'
import type { AddedFile, FileState } from '../documents/files.ts'
import type { Live } from '../documents/plein.ts'

/** A page as one chooses it. */
export interface NamedPage {
  readonly id: PageId
  readonly title: string
  /** Where it stands, such as the name of its space. */
  readonly place: string
}

export interface NamedPerson {
  readonly id: PersonId
  readonly name: string
}

/** What the editor asks about everything beside its own page: other pages, people, files. All of it answers without a network. */
export interface PageSurroundings {
  /** Null where the page is gone, not on this laptop's lists, or not this person's to read. */
  pageTitle(id: PageId): Live<string | null>
  personName(id: PersonId): Live<string | null>
  /** Best first. */
  findPages(query: string): readonly NamedPage[]
  findPeople(query: string): readonly NamedPerson[]
  /** Makes a page below the current one; null where this person may not. */
  createPage(title: string): Promise<PageId | null>
  fileState(hash: FileHash): Live<FileState>
  /** Null where the file could not be kept on this laptop. */
  addFile(file: File): Promise<AddedFile | null>
  /** False where its bytes cannot be had now. */
  openFile(hash: FileHash, name: string): Promise<boolean>
}
