/** What browsers with File System Access give; not in TypeScript's own list yet. */
interface FilePicker {
  showSaveFilePicker(options: {
    readonly suggestedName: string
    readonly types: readonly { readonly accept: Readonly<Record<string, readonly string[]>> }[]
  }): Promise<FileSystemFileHandle>
}

function hasPicker(host: object): host is FilePicker {
  return 'showSaveFilePicker' in host && typeof host.showSaveFilePicker === 'function'
}

/** Asks where a zip shall go; null where the host has no such question, and a download follows. */
export async function chooseFile(suggestedName: string): Promise<FileSystemFileHandle | null | 'cancelled'> {
  const host: object = window
  if (!hasPicker(host)) return null
  try {
    return await host.showSaveFilePicker({ suggestedName, types: [{ accept: { 'application/zip': ['.zip'] } }] })
  } catch (error) {
    // Closed without an answer; or the host does not allow the question, and a download is the other way.
    return error instanceof DOMException && error.name === 'AbortError' ? 'cancelled' : null
  }
}
