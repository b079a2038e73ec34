/** Long enough for a browser to begin with it. */
const keptMs = 60_000

/** Gives somebody a file, as a download of this window. */
export function downloadBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), keptMs)
}
