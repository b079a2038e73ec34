import { expect, it } from 'vitest'
import { parseConfig, type Config, type Environment } from './config.ts'

function mustParse(args: readonly string[], env: Environment = {}): Config {
  const result = parseConfig(args, env)
  if (!result.ok) throw new Error(result.error)
  return result.value
}

function complaintAbout(args: readonly string[], env: Environment = {}): string {
  const result = parseConfig(args, env)
  return result.ok ? 'no complaint' : result.error
}

it('without flags the server is for this computer alone, on port 4680', () => {
  expect(mustParse([])).toMatchObject({
    port: 4680,
    host: '127.0.0.1',
    publicUrl: null,
    allowOrigins: [],
    demo: false,
    appDir: null,
    logLevel: 'info',
  })
})

it('a flag wins over its environment variable', () => {
  const env = {
    PLEIN_PORT: '5000',
    PLEIN_DEMO: '1',
    PLEIN_ALLOW_ORIGIN: 'http://localhost:5173, http://localhost:5174',
    PLEIN_DATA: '/env',
  }
  expect(mustParse(['--port', '0', '--data', '/flag'], env)).toMatchObject({
    port: 0,
    demo: true,
    dataDir: '/flag',
    allowOrigins: ['http://localhost:5173', 'http://localhost:5174'],
  })
})

it.each(['-1', '65536', '80a', '1e3', ''])('a port of %j is refused', (port) => {
  expect(complaintAbout([`--port=${port}`])).toMatch(/--port takes a number/)
})

it('an unknown flag is refused with the list of those there are', () => {
  expect(complaintAbout(['--prot', '1'])).toMatch(/--prot.*Flags: \[--port N\]/s)
})

it('an address that other computers reach is refused without TLS, and says how', () => {
  expect(complaintAbout(['--host', '0.0.0.0'])).toMatch(/plain text.*proxy with TLS.*--public-url https:/s)
  expect(complaintAbout(['--host', '::'])).toMatch(/--public-url https:/)
  expect(complaintAbout(['--host', '0.0.0.0', '--public-url', 'http://127.0.0.1:80'])).toMatch(/plain text/)
  expect(mustParse(['--host', '0.0.0.0', '--public-url', 'https://plein.example.org/'])).toMatchObject({
    host: '0.0.0.0',
    publicUrl: 'https://plein.example.org',
  })
})

it.each([
  'http://plein.example.org',
  'https://plein.example.org/app',
  'https://u@plein.example.org',
  'plein.example.org',
  'javascript:1',
])('a public address of %j is refused', (url) => {
  expect(complaintAbout(['--public-url', url])).toMatch(/--public-url takes the https address/)
})

it.each(['*', 'null', 'http://localhost:5173/', 'localhost', 'HTTP://X'])(
  'an allowed origin of %j is refused',
  (origin) => {
    expect(complaintAbout(['--allow-origin', origin])).toMatch(/--allow-origin takes one exact origin/)
  },
)

it('an unknown level for the log is refused with those there are', () => {
  expect(complaintAbout([], { PLEIN_LOG_LEVEL: 'loud' })).toMatch(/one of fatal, error, warn/)
})

it('without a word about mail there is none, and with both words there is', () => {
  expect(mustParse([]).mail).toBeNull()
  const env = { PLEIN_SMTP_URL: 'smtps://me:secret@mail.example.org', PLEIN_MAIL_FROM: 'Plein <plein@example.org>' }
  expect(mustParse([], env).mail).toEqual({ smtpUrl: env.PLEIN_SMTP_URL, from: env.PLEIN_MAIL_FROM })
})

it.each([
  [{ PLEIN_SMTP_URL: 'smtps://me:secret@mail.example.org' }, /PLEIN_MAIL_FROM beside it/],
  [{ PLEIN_MAIL_FROM: 'plein@example.org' }, /PLEIN_SMTP_URL beside it/],
  [
    { PLEIN_SMTP_URL: 'https://me:secret@mail.example.org', PLEIN_MAIL_FROM: 'plein@example.org' },
    /PLEIN_SMTP_URL takes/,
  ],
  [{ PLEIN_SMTP_URL: 'smtp://mail.example.org', PLEIN_MAIL_FROM: 'Plein' }, /PLEIN_MAIL_FROM takes one e-mail address/],
] as const)(
  'half of the words about mail, or wrong ones, are refused without repeating the password: %j',
  (env, complaint) => {
    expect(complaintAbout([], env)).toMatch(complaint)
    expect(complaintAbout([], env)).not.toContain('me:secret')
  },
)
