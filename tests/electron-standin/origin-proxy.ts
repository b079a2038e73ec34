import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

export interface OriginProxyOptions {
  /** `http://plein.app.localhost/…` -> `app://plein/…`; any other address is answered unchanged. */
  toAppAddress(address: string): string
  toWebAddress(address: string): string
  /** Answers a request to a custom scheme; undefined where no handler serves it. */
  serve(request: Request): Promise<Response> | undefined
}

/** The only way out that Chromium has: custom schemes go to their handler, this computer's servers see the app's true origin, the rest of the world is closed. */
export async function startOriginProxy(options: OriginProxyOptions): Promise<{ readonly port: number }> {
  const server = createServer((incoming, outgoing) => {
    void answer(options, incoming, outgoing).catch((error: unknown) => {
      outgoing.writeHead(502, { 'content-type': 'text/plain' }).end(`stand-in: ${String(error)}`)
    })
  })
  server.on('connect', (incoming, socket: Duplex) => openTunnel(options, incoming, socket))
  await listen(server)
  server.unref()
  return { port: (server.address() as AddressInfo).port }
}

function listen(server: Server): Promise<void> {
  return new Promise((ready) => {
    server.listen(0, '127.0.0.1', ready)
  })
}

async function answer(options: OriginProxyOptions, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const address = incoming.url ?? ''
  const appAddress = options.toAppAddress(address)
  if (appAddress !== address) return answerScheme(options, appAddress, incoming, outgoing)
  if (!isThisComputer(new URL(address).hostname)) {
    outgoing.writeHead(403, { 'content-type': 'text/plain' }).end('stand-in: only this computer can be reached')
    return
  }
  forward(options, incoming, outgoing)
}

async function answerScheme(
  options: OriginProxyOptions,
  address: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  // Schemes here have no service workers, as in the app's own registration.
  const isWorkerScript = incoming.headers['service-worker'] === 'script'
  const method = incoming.method ?? 'GET'
  const body = method === 'GET' || method === 'HEAD' ? null : await readAll(incoming)
  const response = isWorkerScript ? undefined : await options.serve(new Request(address, { method, body }))
  if (response === undefined) {
    outgoing.writeHead(404).end()
    return
  }
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  outgoing.end(Buffer.from(await response.arrayBuffer()))
}

function forward(options: OriginProxyOptions, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { origin } = incoming.headers
  // Of no concern to a server: Electron has no proxy in between.
  const { 'proxy-connection': _, ...kept } = incoming.headers
  const headers = { ...kept, ...(origin === undefined ? {} : { origin: options.toAppAddress(origin) }) }
  const onward = httpRequest(incoming.url ?? '', { method: incoming.method, headers }, (response) => {
    const allowed = response.headers['access-control-allow-origin']
    const translated = allowed === undefined ? {} : { 'access-control-allow-origin': options.toWebAddress(allowed) }
    outgoing.writeHead(response.statusCode ?? 502, { ...response.headers, ...translated })
    response.pipe(outgoing)
  })
  onward.on('error', () => outgoing.destroy())
  outgoing.on('close', () => onward.destroy())
  incoming.pipe(onward)
}

/** A WebSocket comes as a tunnel. Its first lines are read for `Origin`; the rest passes as it is. */
function openTunnel(options: OriginProxyOptions, incoming: IncomingMessage, socket: Duplex): void {
  const { hostname, port } = new URL(`http://${incoming.url ?? ''}`)
  socket.on('error', () => socket.destroy())
  if (!isThisComputer(hostname)) {
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    return
  }
  const onward = connect(Number(port || 80), hostname.replace(/^\[|\]$/g, ''))
  onward.on('error', () => socket.destroy())
  onward.on('close', () => socket.destroy())
  socket.on('close', () => onward.destroy())
  onward.once('connect', () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    passOnTranslated(options, socket, onward)
  })
}

function passOnTranslated(options: OriginProxyOptions, from: Duplex, to: Socket): void {
  let head = ''
  const onData = (chunk: Buffer) => {
    head += chunk.toString('latin1')
    if (!head.includes('\r\n\r\n')) return
    from.off('data', onData)
    to.write(
      head.replace(/^(origin: *)(\S+)/im, (_line, name: string, origin: string) => name + options.toAppAddress(origin)),
      'latin1',
    )
    from.pipe(to)
    to.pipe(from)
  }
  from.on('data', onData)
}

function isThisComputer(hostname: string): boolean {
  return hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]'
}

async function readAll(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk as Buffer))
  return Buffer.concat(chunks)
}
