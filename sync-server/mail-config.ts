import { fail, ok, type Result } from '../model/result.ts'

/** How this server sends e-mail. */
export interface MailConfig {
  /** `smtp://` or `smtps://`, with name and password where the mail server wants them. Secret: it goes into no log. */
  readonly smtpUrl: string
  /** Such as `Plein <plein@example.org>`. */
  readonly from: string
}

const example = 'PLEIN_SMTP_URL=smtps://name:password@mail.example.org and PLEIN_MAIL_FROM="Plein <plein@example.org>"'
const fromPattern = /^(?:[^<>@\r\n]{1,100} )?<?[^\s<>@"]+@[^\s<>@"]+>?$/

/** Both or neither; the sentences never repeat the address of the mail server, which may hold a password. */
export function parseMail(smtpUrl: string | undefined, from: string | undefined): Result<MailConfig | null, string> {
  const hasUrl = smtpUrl !== undefined && smtpUrl !== ''
  const hasFrom = from !== undefined && from !== ''
  if (!hasUrl && !hasFrom) return ok(null)
  if (!hasUrl)
    return fail(
      `PLEIN_MAIL_FROM needs PLEIN_SMTP_URL beside it to send e-mail: ${example}. Leave both out for links to copy.`,
    )
  if (!hasFrom)
    return fail(`PLEIN_SMTP_URL needs PLEIN_MAIL_FROM beside it, the address that e-mail comes from: ${example}.`)
  const url = URL.canParse(smtpUrl) ? new URL(smtpUrl) : undefined
  if (url === undefined || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '')
    return fail(
      `PLEIN_SMTP_URL takes the address of a mail server, such as smtps://name:password@mail.example.org:465.`,
    )
  if (!fromPattern.test(from))
    return fail(`PLEIN_MAIL_FROM takes one e-mail address, such as "Plein <plein@example.org>"; not "${from}".`)
  return ok({ smtpUrl, from })
}
