import { parseFileHash, parseId } from '../../../../model/ids.ts'
import type { FileHash, PageId, PersonId } from '../../../../model/ids.ts'
import { LiveValue } from '../../../../renderer/documents/live.ts'
import type { AddedFile, FileState } from '../../../../renderer/documents/files.ts'
import type { NamedPage, NamedPerson, PageSurroundings } from '../../../../renderer/editor/page-surroundings.ts'

/** A small world around the desk: pages that can be renamed, two colleagues, files whose state a test sets. */
export class DeskSurroundings implements PageSurroundings {
  readonly titles = new Map<string, LiveValue<string | null>>()
  readonly file = new LiveValue<FileState>({ kind: 'waiting', reason: 'line' })
  readonly made: string[] = []
  readonly filesOpened: string[] = []
  readonly #people: readonly NamedPerson[] = ['Noor de Wit', 'Sem Bakker'].map((name, index) => ({
    id: mustId<PersonId>('bc'[index] ?? 'd'),
    name,
  }))

  constructor() {
    this.titles.set('p'.repeat(26), new LiveValue<string | null>('Afval scheiden'))
    this.titles.set('q'.repeat(26), new LiveValue<string | null>('Afspraken'))
  }

  pageTitle(id: PageId): LiveValue<string | null> {
    return this.titles.get(id) ?? new LiveValue<string | null>(null)
  }

  personName(id: PersonId): LiveValue<string | null> {
    return new LiveValue(this.#people.find((person) => person.id === id)?.name ?? null)
  }

  findPages(query: string): readonly NamedPage[] {
    return [...this.titles].flatMap(([id, title]) => {
      const words = title.snapshot() ?? ''
      const isFound = words.toLowerCase().includes(query.toLowerCase())
      return isFound ? [{ id: mustId<PageId>(id[0] ?? ''), title: words, place: 'Wijkbeheer' }] : []
    })
  }

  findPeople(query: string): readonly NamedPerson[] {
    return this.#people.filter(({ name }) => name.toLowerCase().startsWith(query.toLowerCase()))
  }

  createPage(title: string): Promise<PageId> {
    this.made.push(title)
    this.titles.set('r'.repeat(26), new LiveValue<string | null>(title))
    return Promise.resolve(mustId<PageId>('r'))
  }

  fileState(): LiveValue<FileState> {
    return this.file
  }

  addFile(file: File): Promise<AddedFile | null> {
    const hash = parseFileHash('d'.repeat(64))
    return Promise.resolve(hash === undefined ? null : { hash, name: file.name, type: file.type, sizeBytes: file.size })
  }

  openFile(hash: FileHash, name: string): Promise<boolean> {
    this.filesOpened.push(`${name} ${hash.slice(0, 4)}`)
    return Promise.resolve(true)
  }
}

function mustId<T extends PageId | PersonId>(letter: string): T {
  const id = parseId<T>(letter.repeat(26))
  if (id === undefined) throw new Error(`${letter} is no letter of an id`)
  return id
}
