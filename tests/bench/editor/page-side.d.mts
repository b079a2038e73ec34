export function fetchLongPage(): Promise<Uint8Array>
export function exposeEditor(options: {
  readonly Y: unknown
  readonly awarenessProtocol: unknown
  readonly doc: unknown
  readonly awareness: unknown
  readonly getEditor: () => unknown
  readonly openedAtMs: number
}): void
