import type { SearchSide } from '../search-side.ts'

const open = () => new Worker(new URL('./bench-worker.ts', import.meta.url), { type: 'module' })
let worker: Worker | null = null

function say(message: { readonly fill?: number; readonly ask?: string; readonly rest?: true }): Promise<number> {
  worker ??= open()
  const asked = worker
  return new Promise((resolve, reject) => {
    asked.onmessage = ({ data }: MessageEvent<number>) => resolve(data)
    asked.onerror = (event) => reject(new Error(event.message))
    asked.postMessage(message)
  })
}

const side: SearchSide = {
  async fill(pages) {
    const start = performance.now()
    const count = await say({ fill: pages })
    if (count !== pages) throw new Error(`${count} pages are indexed`)
    return performance.now() - start
  },
  async reopen(question) {
    const start = performance.now()
    await say({ ask: question })
    return performance.now() - start
  },
  async rest() {
    await say({ rest: true })
  },
  async ask(questions) {
    const times: number[] = []
    let found = 0
    for (const question of questions) {
      const start = performance.now()
      const count = await say({ ask: question })
      times.push(performance.now() - start)
      found += count > 0 ? 1 : 0
    }
    return { times, found }
  },
}

Object.assign(window, { side })
