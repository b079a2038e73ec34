/** Stores one large file beside the database, off the window's thread. Answers with progress, then with the result, and ends. */
import { openFilePlaces } from './file-places.ts'
import { storeFile } from './store-file.ts'

/** Progress is told no more often than eyes follow. */
const toldEveryMs = 100

addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const file: unknown = Reflect.get(Object(data), 'file')
  const place: unknown = Reflect.get(Object(data), 'place')
  if (file instanceof Blob && typeof place === 'string') void store(file, place)
})

async function store(file: Blob, place: string): Promise<void> {
  let toldAt = 0
  const onProgress = (doneBytes: number) => {
    const now = performance.now()
    if (now - toldAt < toldEveryMs) return
    toldAt = now
    postMessage({ doneBytes })
  }
  const result = await storeFile(file, { places: await openFilePlaces(), place, onProgress })
  postMessage({ result })
}
