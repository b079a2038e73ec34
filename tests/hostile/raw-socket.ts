import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

/** What no library sends: any bits in any frame. Lengths and masks are honest unless said otherwise. */
export interface FrameShape {
  readonly opcode: number
  readonly payload?: Uint8Array
  readonly isLast?: boolean
  /** The three reserved bits, 0 to 7. */
  readonly reserved?: number
  readonly isMasked?: boolean
  /** The length that the frame claims, whatever it holds. */
  readonly claimedLength?: bigint
}

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

/** The bytes of one WebSocket frame. The mask is zero, so the payload stays as it is. */
export function frameBytes({ opcode, payload = new Uint8Array(), ...shape }: FrameShape): Buffer {
  const { isLast = true, reserved = 0, isMasked = true, claimedLength = BigInt(payload.length) } = shape
  const first = (isLast ? 0x80 : 0) | (reserved << 4) | opcode
  const mask = isMasked ? 0x80 : 0
  const length = lengthBytes(claimedLength)
  length[0] = (length[0] ?? 0) | mask
  return Buffer.concat([Buffer.from([first]), length, Buffer.alloc(isMasked ? 4 : 0), payload])
}

function lengthBytes(length: bigint): Buffer {
  if (length < 126n) return Buffer.from([Number(length)])
  if (length < 65_536n) return Buffer.from([126, Number(length >> 8n), Number(length & 255n)])
  const bytes = Buffer.alloc(9)
  bytes[0] = 127
  bytes.writeBigUInt64BE(length, 1)
  return bytes
}

export interface Knock {
  readonly url: string
  readonly path?: string
  /** A device token; without one nobody is behind the socket. */
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
}

const endOfHeaders = Buffer.from('\r\n\r\n')

/** A line to the server with a WebSocket upgrade asked for; everything after that is the caller's. */
export class RawSocket {
  readonly line: Socket
  /** The HTTP status of the answer: 101 where the upgrade was given, 0 where the line ended before any. */
  readonly status: Promise<number>
  /** The code of the server's close frame, or null where it only cut the line. */
  readonly ended: Promise<number | null>
  bytesRead = 0
  #unread: Buffer = Buffer.alloc(0)
  #closeCode: number | null = null
  #isOpen = false
  readonly #settleStatus: (status: number) => void
  readonly #settleEnd: (code: number | null) => void

  constructor({ url, path = '/connect', token, headers = {} }: Knock) {
    const { port, host } = new URL(url)
    const status = Promise.withResolvers<number>()
    const ended = Promise.withResolvers<number | null>()
    this.status = status.promise
    this.ended = ended.promise
    this.#settleStatus = status.resolve
    this.#settleEnd = ended.resolve
    this.line = connect(Number(port), '127.0.0.1')
    const lines = [
      `GET ${path} HTTP/1.1`,
      `Host: ${host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      'Sec-WebSocket-Protocol: plein',
      ...(token === undefined ? [] : [`Authorization: Bearer ${token}`]),
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ]
    this.line.write(`${lines.join('\r\n')}\r\n\r\n`)
    this.line.on('data', (bytes: Buffer) => this.#hear(bytes))
    // The server cuts hostile lines; the close that follows is what is waited for.
    this.line.on('error', () => this.line.destroy())
    this.line.on('close', () => {
      this.#settleStatus(0)
      this.#settleEnd(this.#closeCode)
    })
  }

  /** Resolves once the upgrade was given; throws where it was refused. */
  static async open(knock: Knock): Promise<RawSocket> {
    const socket = new RawSocket(knock)
    const status = await socket.status
    if (status !== 101) throw new Error(`The upgrade was answered with ${status}`)
    return socket
  }

  send(shape: FrameShape): void {
    this.line.write(frameBytes(shape))
  }

  sendBinary(payload: Uint8Array): void {
    this.send({ opcode: opcodes.binary, payload })
  }

  cut(): void {
    this.line.destroy()
  }

  #hear(bytes: Buffer): void {
    this.bytesRead += bytes.length
    this.#unread = this.#unread.length === 0 ? bytes : Buffer.concat([this.#unread, bytes])
    if (!this.#isOpen && !this.#readAnswer()) return
    while (this.#readFrame());
  }

  #readAnswer(): boolean {
    const end = this.#unread.indexOf(endOfHeaders)
    if (end === -1) return false
    const status = Number(/^HTTP\/1\.1 (\d+)/.exec(this.#unread.toString('latin1', 0, end))?.[1] ?? 0)
    this.#unread = this.#unread.subarray(end + endOfHeaders.length)
    this.#isOpen = true
    this.#settleStatus(status)
    return status === 101
  }

  /** A server's frames are never masked. @returns whether a whole one was there */
  #readFrame(): boolean {
    const [first = 0, short = 0] = this.#unread
    const headerBytes = short === 127 ? 10 : short === 126 ? 4 : 2
    if (this.#unread.length < headerBytes) return false
    const length =
      short === 127 ? Number(this.#unread.readBigUInt64BE(2)) : short === 126 ? this.#unread.readUInt16BE(2) : short
    if (this.#unread.length < headerBytes + length) return false
    if ((first & 15) === opcodes.close && length >= 2) {
      this.#closeCode = this.#unread.readUInt16BE(headerBytes)
      this.#settleEnd(this.#closeCode)
    }
    this.#unread = this.#unread.subarray(headerBytes + length)
    return true
  }
}
