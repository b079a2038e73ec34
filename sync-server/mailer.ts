import { createTransport } from 'nodemailer'
import { isLoopbackHost } from './config.ts'
import type { Log } from './log.ts'
import type { MailConfig } from './mail-config.ts'

export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

export interface Mailer {
  /** False where the mail server did not take it; the log says why, without the address. */
  send(mail: Mail): Promise<boolean>
}

const timeoutMs = 20_000

/** Sends e-mail through the mail server of the organisation: always over TLS, except on this computer itself. */
export function openMailer({ smtpUrl, from }: MailConfig, log: Pick<Log, 'warn'>): Mailer {
  const url = new URL(smtpUrl)
  const isSecure = url.protocol === 'smtps:'
  const isHere = isLoopbackHost(url.hostname.replace(/^\[|\]$/g, ''))
  const transport = createTransport({
    host: url.hostname,
    port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
    secure: isSecure,
    requireTLS: !isSecure && !isHere,
    ignoreTLS: isHere && !isSecure,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    ...(url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
  })
  return {
    async send({ to, subject, text }) {
      try {
        // As an object: a name or an address with commas and brackets in it stays one address.
        await transport.sendMail({ from, to: { name: '', address: to }, subject, text })
        return true
      } catch (error) {
        log.warn({ code: Reflect.get(Object(error), 'code') }, 'The mail server did not take an e-mail')
        return false
      }
    },
  }
}
