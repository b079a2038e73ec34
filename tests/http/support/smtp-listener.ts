import { createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

export interface ReceivedMail {
  readonly from: string
  readonly to: string
  /** The message as it came, headers included. */
  readonly message: string
}

export interface SmtpListener {
  readonly url: string
  readonly mails: readonly ReceivedMail[]
  close(): Promise<void>
}

/** Just enough of a mail server: it takes every e-mail, except those to `refuse`. */
export async function openSmtpListener(refuse = 'nobody@example.org'): Promise<SmtpListener> {
  const mails: ReceivedMail[] = []
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    converse(socket, mails, refuse)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function converse(socket: Socket, mails: ReceivedMail[], refuse: string): void {
  const say = (line: string) => socket.write(`${line}\r\n`)
  let [from, to, data, isData, rest] = ['', '', '', false, '']
  const hear = (line: string) => {
    if (isData) {
      if (line !== '.') data += `${line}\n`
      else {
        mails.push({ from, to, message: data })
        isData = false
        say('250 taken')
      }
      return
    }
    const address = /<([^>]*)>/.exec(line)?.[1] ?? ''
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'MAIL') from = address
    if (verb === 'RCPT') to = address
    if (verb === 'RCPT' && address === refuse) return say('550 no such person')
    if (verb === 'DATA') {
      isData = true
      data = ''
      return say('354 go on')
    }
    if (verb === 'QUIT') return socket.end('221 bye\r\n')
    return say(verb === 'EHLO' ? '250 listener' : '250 ok')
  }
  say('220 listener')
  socket.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('utf8')).split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) hear(line)
  })
}
