import { fail, ok, type Result } from '../../model/result.ts'
import type { TicketProblem } from './engine-options.ts'

/** A server that does not answer in this time is not there. */
const answerWithinMs = 8000

/** `POST /api/tickets`: a ticket opens one socket once. */
export async function fetchTicket(serverUrl: string, token: string | null): Promise<Result<string, TicketProblem>> {
  if (token === null) return fail('sign-in-needed')
  try {
    const response = await fetch(`${serverUrl}/api/tickets`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{}',
      signal: AbortSignal.timeout(answerWithinMs),
    })
    const answer: unknown = await response.json()
    const ticket = fieldOf(answer, 'ticket')
    if (response.ok) return ticket === undefined ? fail('unreachable') : ok(ticket)
    return fail(ticketProblemOf(response.status, fieldOf(answer, 'reason')))
  } catch {
    return fail('unreachable') // no network, no answer in time, or no JSON: whatever it is, trying again is right
  }
}

function ticketProblemOf(status: number, reason: string | undefined): TicketProblem {
  if (reason === 'suspended') return 'suspended'
  if (status === 401) return 'sign-in-needed'
  return status === 429 ? 'rate-limited' : 'unreachable'
}

function fieldOf(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const field: unknown = Reflect.get(value, name)
  return typeof field === 'string' && field !== '' ? field : undefined
}
