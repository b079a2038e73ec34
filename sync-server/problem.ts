import type { Problem, ProblemReason } from '../model/api.ts'
import type { Result } from '../model/result.ts'

/** A request that is not done, for a reason of the closed list. Thrown by routes alone, and answered as a problem. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly reason: ProblemReason
  readonly retryAfterMs: number | undefined
  /** More than the reason's own sentence says, for whoever reads the answer; never anything secret. */
  readonly detail: string | undefined
  constructor(reason: ProblemReason, more: { readonly retryAfterMs?: number; readonly detail?: string } = {}) {
    super(`Refused: ${reason}`)
    this.reason = reason
    this.retryAfterMs = more.retryAfterMs
    this.detail = more.detail
  }
}

/** The value of an expected outcome, or its reason thrown to the edge. */
export function orRefuse<T>(result: Result<T, ProblemReason>): T {
  if (result.ok) return result.value
  throw new Refused(result.error)
}

const problems: Readonly<Record<ProblemReason, readonly [status: number, detail: string]>> = {
  'bad-input': [400, 'The request does not fit what /api/openapi.json describes.'],
  'not-found': [404, 'There is nothing at this address.'],
  'method-not-allowed': [405, 'This address does not take this method.'],
  'unsupported-media-type': [415, 'This address takes another content type, usually application/json.'],
  'too-large': [413, 'The request is larger than this address takes.'],
  timeout: [408, 'The request did not arrive in time.'],
  'rate-limited': [429, 'Too many attempts: wait and try again.'],
  'sign-in-needed': [401, 'Sign in and send the token as Authorization: Bearer.'],
  suspended: [403, 'This account is suspended. An administrator can restore it.'],
  forbidden: [403, 'Your role does not allow this.'],
  'origin-not-allowed': [403, 'Pages of this origin may not talk to this server; --allow-origin names others.'],
  'host-not-allowed': [421, 'This server does not go by this name; --public-url names another.'],
  'wrong-password': [401, 'E-mail and password do not belong together.'],
  'weak-password': [422, 'Choose a password of at least ten characters that is not a common one.'],
  'email-taken': [409, 'Somebody with this e-mail is here already: sign in.'],
  'organisation-exists': [409, 'This server has its organisation already: sign in, or ask for an invitation.'],
  'no-organisation': [409, 'Nobody has created an organisation on this server yet.'],
  'setup-code-needed': [
    403,
    'Creating the organisation from another computer needs the setup code from the log of the server.',
  ],
  'invitation-unknown': [404, 'There is no such invitation: check the link.'],
  'invitation-expired': [410, 'This invitation has expired: ask for a new one.'],
  'invitation-used': [410, 'This invitation was used already: sign in, or ask for a new one.'],
  'unknown-space': [404, 'There is no such space.'],
  'unknown-page': [404, 'There is no such page.'],
  'unknown-version': [404, 'This page has no such version: list them anew.'],
  'too-many-versions': [422, 'This page has as many versions made by hand as it can keep.'],
  'unknown-file': [404, 'There is no such file in this space.'],
  'unknown-upload': [404, 'There is no such upload of yours: begin a new one.'],
  'unknown-person': [404, 'There is no such person here.'],
  'unknown-parent': [422, 'The parent is no page in the tree of this space.'],
  'last-administrator': [409, 'An organisation keeps at least one administrator.'],
  'last-owner': [409, 'A space keeps at least one owner.'],
  'already-member': [409, 'You are a member of this space already.'],
  'not-a-member': [409, 'This person is not a member of the space.'],
  'too-many-pages': [422, 'One move takes at most 2,000 pages: move a part.'],
  'hash-mismatch': [422, 'The SHA-256 of the bytes is not the one in the address.'],
  'upload-conflict': [409, 'The upload is not at this offset: ask with HEAD where it is.'],
  'upload-quota': [429, 'Too much was begun and not finished: finish or remove other uploads first.'],
  'range-not-satisfiable': [416, 'The file has no such bytes.'],
  'storage-full': [507, 'The disk of the server is full. Nothing is lost; try again when there is room.'],
  'not-ready': [503, 'The server is not ready yet.'],
  'going-away': [503, 'The server is stopping: try again in a moment.'],
  'server-trouble': [500, 'Something went wrong on the server; its log says what.'],
}

export function statusOf(reason: ProblemReason): number {
  return problems[reason][0]
}

/** The body of the answer. */
export function problemOf(refused: Refused): Problem {
  const [status, sentence] = problems[refused.reason]
  return {
    type: 'about:blank',
    title: refused.reason.charAt(0).toUpperCase() + refused.reason.slice(1).replaceAll('-', ' '),
    status,
    detail: refused.detail ?? sentence,
    reason: refused.reason,
    ...(refused.retryAfterMs === undefined ? {} : { retryAfterMs: refused.retryAfterMs }),
  }
}
