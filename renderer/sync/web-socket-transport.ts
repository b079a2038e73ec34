import { subprotocol, ticketPrefix } from '../../model/protocol/version.ts'
import type { Transport, TransportListener } from './engine-options.ts'

/** `/connect` over a real WebSocket. The ticket is offered as a subprotocol and never stands in an address (TRAPS: logs). */
export function connectWebSocket(serverUrl: string, ticket: string, listener: TransportListener): Transport {
  const socket = new WebSocket(`${serverUrl.replace(/^http/, 'ws')}/connect`, [subprotocol, ticketPrefix + ticket])
  socket.binaryType = 'arraybuffer'
  socket.onopen = () => listener.opened()
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    // A text frame is no frame of ours: an empty one parses as malformed, which ends the line.
    listener.received(data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array())
  }
  socket.onclose = ({ code }) => listener.closed(code)
  return {
    send: (frame) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(frame)
    },
    close: () => socket.close(1000),
  }
}
