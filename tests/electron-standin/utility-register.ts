// Runs before the program of a utility process (`node --import`): gives it `process.parentPort` in the place of Node's own channel,
// and ends it when the main process is gone, as Chromium does.
import { EventEmitter } from 'node:events'

const { send } = process
const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown) => void send?.call(process, message),
})
// Electron keeps messages until somebody listens.
const waiting: unknown[] = []
parentPort.on('newListener', (name) => {
  if (name !== 'message') return
  queueMicrotask(() => {
    for (const message of waiting.splice(0)) parentPort.emit('message', message)
  })
})
process.on('message', (message) => {
  if (parentPort.listenerCount('message') > 0) parentPort.emit('message', message)
  else waiting.push(message)
})
process.on('disconnect', () => {
  if (process.listenerCount('SIGTERM') > 0) process.emit('SIGTERM', 'SIGTERM')
  else process.exit(143)
})
process.channel?.unref()
Object.defineProperties(process, {
  parentPort: { value: parentPort },
  send: { value: undefined },
  type: { value: 'utility' },
})
