import { Worker, type WorkerOptions } from 'node:worker_threads'

export interface WorkerCall<Body> {
  readonly id: number
  readonly body: Body
}

export type WorkerReturn<Value> =
  | { readonly id: number; readonly ok: true; readonly value: Value }
  | { readonly id: number; readonly ok: false; readonly error: string }

interface Waiting<Value> {
  readonly resolve: (value: Value) => void
  readonly reject: (error: Error) => void
}

/**
 * Calls into a worker thread, which is started at the first one and keeps no process alive that has nothing to ask. A
 * worker that dies fails the calls that it had and is started again at the next one.
 */
export class WorkerCalls<Body, Value> {
  readonly #url: URL
  readonly #options: WorkerOptions
  readonly #waiting = new Map<number, Waiting<Value>>()
  #worker: Worker | null = null
  #nextId = 0

  constructor(url: URL, options: WorkerOptions) {
    this.#url = url
    this.#options = options
  }

  ask(body: Body): Promise<Value> {
    this.#worker ??= this.#start()
    this.#worker.ref()
    this.#nextId += 1
    const id = this.#nextId
    const { promise, resolve, reject } = Promise.withResolvers<Value>()
    this.#waiting.set(id, { resolve, reject })
    this.#worker.postMessage({ id, body } satisfies WorkerCall<Body>)
    return promise
  }

  async close(): Promise<void> {
    const ending = this.#worker
    this.#lose(new Error('The server stops'))
    await ending?.terminate()
  }

  #start(): Worker {
    const started = new Worker(this.#url, this.#options)
    started.unref()
    started.on('message', (answer: WorkerReturn<Value>) => {
      const call = this.#waiting.get(answer.id)
      this.#waiting.delete(answer.id)
      if (this.#waiting.size === 0) started.unref()
      if (answer.ok) call?.resolve(answer.value)
      else call?.reject(new Error(answer.error))
    })
    started.on('error', (error) => {
      if (this.#worker === started) this.#lose(error instanceof Error ? error : new Error(String(error)))
    })
    started.on('exit', () => {
      if (this.#worker === started) this.#lose(new Error(`The worker ended: ${this.#url.pathname.split('/').at(-1)}`))
    })
    return started
  }

  #lose(error: Error): void {
    this.#worker = null
    for (const call of this.#waiting.values()) call.reject(error)
    this.#waiting.clear()
  }
}
