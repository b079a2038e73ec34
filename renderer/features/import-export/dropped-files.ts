import type { ChosenFile, ImportChoice } from '../../documents/in-out.ts'

/** More than an import takes: going on would only fill the memory. */
const maxFiles = 100_001

/** What was dropped: one zip or one folder; null for anything else. Call it within the event: the browser forgets it after. */
export async function readDropped(transfer: DataTransfer): Promise<ImportChoice | null> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  const [only] = entries
  if (only === undefined || entries.length > 1) return null
  if (only.isDirectory) return { kind: 'folder', name: only.name, files: await filesBelow(only) }
  return isFile(only) && isZipName(only.name) ? { kind: 'zip', name: only.name, file: await fileOf(only) } : null
}

/** What a field for a folder gave; its paths begin with the folder's own name. */
export function readChosenFolder(list: FileList): ImportChoice | null {
  const files = [...list]
  const [first] = files
  if (first === undefined) return null
  return {
    kind: 'folder',
    name: first.webkitRelativePath.split('/')[0] ?? first.name,
    files: files.map((file) => ({ path: file.webkitRelativePath.split('/').slice(1).join('/'), file })),
  }
}

export function isZipName(name: string): boolean {
  return name.toLowerCase().endsWith('.zip')
}

async function filesBelow(root: FileSystemEntry): Promise<readonly ChosenFile[]> {
  const files: ChosenFile[] = []
  const waiting: { readonly entry: FileSystemEntry; readonly path: string }[] = [{ entry: root, path: '' }]
  for (let next = waiting.pop(); next !== undefined && files.length < maxFiles; next = waiting.pop()) {
    const { entry, path } = next
    if (isFile(entry)) files.push({ path, file: await fileOf(entry) })
    else if (isDirectory(entry)) {
      const prefix = path === '' ? '' : `${path}/`
      for (const child of await childrenOf(entry)) waiting.push({ entry: child, path: `${prefix}${child.name}` })
    }
  }
  return files
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, reject)
  })
}

/** A reader gives a hundred at a time, and nothing when there are no more. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader()
  const children: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject)
    })
    if (some.length === 0) return children
    children.push(...some)
  }
}
