import { closeReasons, type CloseReason } from './reasons.ts'

/** 44xx: waiting will not help. 45xx: come back later. */
const codes: Readonly<Record<CloseReason, number>> = {
  malformed: 4400,
  'sign-in-needed': 4401,
  suspended: 4403,
  'other-organisation': 4409,
  'app-too-old': 4426,
  'server-too-old': 4427,
  'going-away': 4500,
  'slow-reader': 4508,
  'rate-limited': 4529,
  silent: 4510,
  'server-trouble': 4511,
}

export function closeCodeOf(reason: CloseReason): number {
  return codes[reason]
}

/** The reason behind a close code; undefined for the WebSocket's own codes. */
export function closeReasonOf(code: number): CloseReason | undefined {
  return closeReasons.find((reason) => codes[reason] === code)
}

/** Whether the client may try again by itself. Every code that is not ours counts as a broken line. */
export function mayRetry(code: number): boolean {
  return code < 4400 || code >= 4500
}
