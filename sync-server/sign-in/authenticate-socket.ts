import type { IncomingMessage } from 'node:http'
import type { OpenSession } from '../store/directory.ts'
import type { Identity } from '../sync-options.ts'
import type { Services } from '../services.ts'
import { bearerOf, ticketOf, type AuthenticationFailure, type SocketTarget } from '../websockets.ts'
import { digestOf } from './secrets.ts'

type Parts = Pick<Services, 'directory' | 'sessions' | 'tickets' | 'clock'>

/**
 * Who opens a socket: by a ticket (one socket, once), a document ticket (that document's `/ws` alone, until it expires or
 * its session ends), or a device token. A suspended person is nobody.
 */
export async function authenticateSocket(
  request: IncomingMessage,
  target: SocketTarget,
  parts: Parts,
): Promise<Identity | AuthenticationFailure> {
  const ticket = ticketOf(request)
  const bearer = bearerOf(request)
  const open = ticket === undefined ? undefined : await byTicket(ticket, target, parts)
  if (open === 'forbidden') return open
  const found = open ?? (bearer === undefined ? undefined : await byBearer(bearer, target, parts))
  if (found === undefined) return 'sign-in-needed'
  if (found === 'forbidden' || found.person.suspended) return 'forbidden'
  const { id, name, email, role } = found.person
  return { personId: id, name, email, role, sessionId: found.session.id }
}

async function byTicket(
  ticket: string,
  target: SocketTarget,
  parts: Parts,
): Promise<OpenSession | 'forbidden' | undefined> {
  const sessionId = parts.tickets.redeem(ticket)
  return sessionId === undefined ? byDocumentTicket(ticket, target, parts) : parts.directory.getSession(sessionId)
}

/** A program that cannot offer subprotocols may send its document ticket as a bearer token. */
async function byBearer(
  bearer: string,
  target: SocketTarget,
  parts: Parts,
): Promise<OpenSession | 'forbidden' | undefined> {
  return (await parts.sessions.find(bearer)) ?? byDocumentTicket(bearer, target, parts)
}

async function byDocumentTicket(
  ticket: string,
  target: SocketTarget,
  parts: Parts,
): Promise<OpenSession | 'forbidden' | undefined> {
  const found = await parts.directory.findDocumentTicket(digestOf(ticket))
  if (found === undefined || found.expiresAtMs <= parts.clock.nowMs()) return undefined
  if (target.type !== 'stock' || target.documentId !== found.documentId) return 'forbidden'
  return parts.directory.getSession(found.sessionId)
}
