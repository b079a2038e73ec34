import { createContext, useCallback, use, useSyncExternalStore } from 'react'

/** Where faces find photographs: they come later, and change. */
export interface FaceSource {
  /** The address of a photograph; null while it is not here, and where the face is drawn. */
  url(personId: string): string | null
  subscribe(onChange: () => void): () => void
}

const drawnOnly: FaceSource = { url: () => null, subscribe: () => () => undefined }

/** Without one every face is drawn. */
export const FaceSourceContext = createContext<FaceSource>(drawnOnly)

export function useFaceUrl(personId: string): string | null {
  const source = use(FaceSourceContext)
  return useSyncExternalStore(
    source.subscribe,
    useCallback(() => source.url(personId), [source, personId]),
  )
}
