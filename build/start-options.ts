import { parseArgs } from 'node:util'

export interface StartOptions {
  /** What the app is shown in; `nothing` serves only. */
  readonly open: 'electron' | 'browser' | 'nothing'
  readonly port: number
  readonly host: string | undefined
  readonly publicUrl: string | undefined
  readonly allowOrigins: readonly string[]
  readonly dataDir: string | undefined
  readonly demo: boolean
}

export const defaultPort = 4680

const usage =
  'Usage: npm start -- [--browser] [--headless] [--demo] [--port N] [--host H] [--public-url U] [--allow-origin O] [--data DIR]'

/** The flags of `npm start`, or the sentence that says what is wrong with them. */
export function parseStartOptions(args: readonly string[]): StartOptions | { readonly problem: string } {
  let values
  try {
    values = parseFlags(args)
  } catch (error) {
    return { problem: `${firstSentence(error)} ${usage}` }
  }
  const port = values.port === undefined ? defaultPort : parsePort(values.port)
  if (port === undefined) return { problem: `--port takes a number from 0 to 65535, not "${values.port}".` }
  return {
    open: values.headless ? 'nothing' : values.browser ? 'browser' : 'electron',
    port,
    host: values.host,
    publicUrl: values['public-url'],
    allowOrigins: values['allow-origin'] ?? [],
    dataDir: values.data,
    demo: values.demo ?? false,
  }
}

function parseFlags(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    strict: true,
    options: {
      browser: { type: 'boolean' },
      headless: { type: 'boolean' },
      demo: { type: 'boolean' },
      port: { type: 'string' },
      host: { type: 'string' },
      'public-url': { type: 'string' },
      'allow-origin': { type: 'string', multiple: true },
      data: { type: 'string' },
    },
  }).values
}

function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return `${message.split('. ')[0]}.`
}

function parsePort(text: string): number | undefined {
  const port = Number(text)
  return /^\d{1,5}$/.test(text) && port <= 65_535 ? port : undefined
}
