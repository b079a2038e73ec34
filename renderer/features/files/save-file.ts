/** Hands bytes to the browser as a download under their name. The address is of no use for anything else, and soon gone. */
export function saveFile(bytes: Blob, name: string): void {
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has begun by then; without any wait some browsers lose it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
