// `npm run dev [-- --port N] [--demo]`: Vite serves the sources with live reload and passes what belongs to the server
// on to a sync server with data of its own, so that trying things out never touches the data of `npm start`.
import { join, resolve } from 'node:path'
import { createServer } from 'vite'
import { startServerProcess } from './server-process.ts'
import { defaultPort, parseStartOptions } from './start-options.ts'
import { rendererBase } from './vite.config.ts'

const root = resolve(import.meta.dirname, '..')
const options = parseStartOptions(process.argv.slice(2))
if ('problem' in options) {
  console.error(options.problem)
  process.exit(1)
}

const port = options.port === 0 ? defaultPort : options.port
const origins = [`http://127.0.0.1:${port}`, `http://localhost:${port}`]
const server = startServerProcess({
  args: [
    ...['--port', '0', '--data', join(root, '.plein/dev-data')],
    ...origins.flatMap((origin) => ['--allow-origin', origin]),
    ...(options.demo ? ['--demo'] : []),
  ],
  onLine: (line) => console.log(line.replace(/^Plein is ready/, 'The sync server is ready')),
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(0))

const target = await server.ready.catch(() => end(1))
const vite = await createServer({
  ...rendererBase(),
  server: {
    port,
    host: '127.0.0.1',
    strictPort: true,
    proxy: {
      '^/(api|healthz|readyz|metrics|files|sign-in)(/|$)': { target },
      '^/(connect|ws)(/|$)': { target, ws: true },
    },
  },
})
await vite.listen()
console.log(`Plein is ready at http://127.0.0.1:${port}`)

async function end(code: number): Promise<never> {
  await server.stop()
  process.exit(code)
}
