import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { apiLimits } from '../model/api.ts'
import { fail, ok, type Result } from '../model/result.ts'
import { parseMail, type MailConfig } from './mail-config.ts'

/** Everything that flags and environment say, parsed once at the start. */
export interface Config {
  /** 0: any free port. */
  readonly port: number
  readonly host: string
  /** The origin by which people reach this server through a proxy with TLS; null where there is none. */
  readonly publicUrl: string | null
  /** Origins besides our own whose pages may talk to us, such as a development server. */
  readonly allowOrigins: readonly string[]
  readonly dataDir: string
  readonly demo: boolean
  /** The built renderer; null serves no app. */
  readonly appDir: string | null
  readonly logLevel: LogLevel
  /** The largest file that people may keep here. */
  readonly maxFileBytes: number
  /** How e-mail is sent; null where it cannot be. */
  readonly mail: MailConfig | null
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

export const defaultPort = 4680
const loopbackHosts = ['127.0.0.1', 'localhost', '::1']

export function isLoopbackHost(host: string): boolean {
  return loopbackHosts.includes(host)
}

export type Environment = Readonly<Record<string, string | undefined>>

/** The configuration, or a sentence that says what is wrong and what to do. A flag wins over its environment variable. */
export function parseConfig(args: readonly string[], env: Environment): Result<Config, string> {
  const flags = parseFlags(args)
  if (!flags.ok) return flags
  const given = flags.value
  const address = parseAddress(given, env)
  if (!address.ok) return address
  const allowOrigins = parseOrigins(given['allow-origin'] ?? listOf(env['PLEIN_ALLOW_ORIGIN']))
  if (!allowOrigins.ok) return allowOrigins
  const logLevel = parseLogLevel(env['PLEIN_LOG_LEVEL'])
  if (!logLevel.ok) return logLevel
  const maxFileBytes = parseMaxFile(given['max-file-mb'] ?? env['PLEIN_MAX_FILE_MB'])
  if (!maxFileBytes.ok) return maxFileBytes
  const mail = parseMail(env['PLEIN_SMTP_URL'], env['PLEIN_MAIL_FROM'])
  if (!mail.ok) return mail
  const appDir = given['app-dir'] ?? env['PLEIN_APP_DIR']
  return ok({
    ...address.value,
    allowOrigins: allowOrigins.value,
    dataDir: resolve(given.data ?? env['PLEIN_DATA'] ?? '.plein/data'),
    demo: given.demo ?? isYes(env['PLEIN_DEMO']),
    appDir: appDir === undefined ? null : resolve(appDir),
    logLevel: logLevel.value,
    maxFileBytes: maxFileBytes.value,
    mail: mail.value,
  })
}

interface AddressFlags {
  readonly port?: string | undefined
  readonly host?: string | undefined
  readonly 'public-url'?: string | undefined
}

function parseAddress(
  given: AddressFlags,
  env: Environment,
): Result<Pick<Config, 'port' | 'host' | 'publicUrl'>, string> {
  const port = parsePort(given.port ?? env['PLEIN_PORT'])
  if (!port.ok) return port
  const publicUrl = parsePublicUrl(given['public-url'] ?? env['PLEIN_PUBLIC_URL'])
  if (!publicUrl.ok) return publicUrl
  const host = parseHost(given.host ?? env['PLEIN_HOST'], publicUrl.value)
  if (!host.ok) return host
  return ok({ port: port.value, host: host.value, publicUrl: publicUrl.value })
}

const usage =
  'Flags: [--port N] [--host H] [--public-url https://…] [--allow-origin ORIGIN]… [--data DIR] [--app-dir DIR] [--max-file-mb N] [--demo]'

function parseFlags(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      strict: true,
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        'public-url': { type: 'string' },
        'allow-origin': { type: 'string', multiple: true },
        data: { type: 'string' },
        'app-dir': { type: 'string' },
        'max-file-mb': { type: 'string' },
        demo: { type: 'boolean' },
      },
    })
    return ok(values)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return fail(`${message.split('. ')[0]}. ${usage}`)
  }
}

function parsePort(text: string | undefined): Result<number, string> {
  if (text === undefined) return ok(defaultPort)
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return ok(port)
  return fail(
    `--port takes a number from 0 to 65535, not "${text}". Leave it out for ${defaultPort}; 0 picks a free port.`,
  )
}

function parsePublicUrl(text: string | undefined): Result<string | null, string> {
  if (text === undefined || text === '') return ok(null)
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url !== undefined && isSecure(url) && isBareOrigin(url)) return ok(url.origin)
  return fail(
    `--public-url takes the https address that people type, without a path, such as https://plein.example.org; not "${text}".`,
  )
}

function isSecure({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(bareHost(hostname)))
}

function isBareOrigin({ pathname, search, hash, username }: URL): boolean {
  return pathname === '/' && search === '' && hash === '' && username === ''
}

function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '')
}

/** Exactly what a browser sends as `Origin`: never `*` and never `null`, which any sandboxed page can be. */
const originPattern = /^[a-z][a-z0-9+.-]*:\/\/[a-z0-9.[\]:-]+$/

function parseOrigins(origins: readonly string[]): Result<readonly string[], string> {
  const bad = origins.find((origin) => !originPattern.test(origin))
  if (bad === undefined) return ok(origins)
  return fail(
    `--allow-origin takes one exact origin, such as http://localhost:5173, in lower case and without a path; not "${bad}".`,
  )
}

function parseHost(text: string | undefined, publicUrl: string | null): Result<string, string> {
  const host = text === undefined || text === '' ? '127.0.0.1' : bareHost(text)
  if (!/^[A-Za-z0-9.:-]+$/.test(host))
    return fail(`--host takes an address of this computer, such as 127.0.0.1; not "${host}".`)
  if (isLoopbackHost(host) || publicUrl?.startsWith('https:') === true) return ok(host)
  return fail(
    `--host ${host} can be reached from other computers, and passwords must not travel in plain text. ` +
      'Put a proxy with TLS (Caddy, nginx, Traefik) in front of Plein and add its address: --public-url https://plein.example.org. ' +
      'For this computer alone, leave --host out.',
  )
}

function parseMaxFile(text: string | undefined): Result<number, string> {
  if (text === undefined || text === '') return ok(apiLimits.defaultMaxFileBytes)
  const megabytes = /^\d{1,7}$/.test(text) ? Number(text) : 0
  if (megabytes > 0) return ok(megabytes * 1024 * 1024)
  return fail(`--max-file-mb takes a whole number of megabytes from 1 up, not "${text}". Leave it out for 2048.`)
}

function parseLogLevel(text: string | undefined): Result<LogLevel, string> {
  if (text === undefined || text === '') return ok('info')
  const level = logLevels.find((each) => each === text)
  return level === undefined ? fail(`PLEIN_LOG_LEVEL is one of ${logLevels.join(', ')}; not "${text}".`) : ok(level)
}

function listOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
}

function isYes(text: string | undefined): boolean {
  return text === '1' || text === 'true' || text === 'yes'
}
