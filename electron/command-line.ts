import { isLoopbackOrigin } from '../model/ipc.ts'

export interface CommandLine {
  /** A sync server that already runs on this computer; null: start the embedded one. */
  readonly serverUrl: string | null
  readonly selfTest: boolean
  /** Something was asked that cannot be done; a sentence for the terminal. */
  readonly complaint: string | null
}

/** Reads our own switches and leaves Chromium's and the system's alone. `--server-url` takes an origin on this computer only. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const selfTest = argv.includes('--self-test')
  const asked = findValue(argv, '--server-url')
  if (asked === undefined) return { serverUrl: null, selfTest, complaint: null }
  const serverUrl = asked.replace(/\/$/, '')
  if (isLoopbackOrigin(serverUrl)) return { serverUrl, selfTest, complaint: null }
  return {
    serverUrl: null,
    selfTest,
    complaint: '--server-url takes an address on this computer, such as http://127.0.0.1:4680.',
  }
}

function findValue(argv: readonly string[], name: string): string | undefined {
  const place = argv.findIndex((argument) => argument === name || argument.startsWith(`${name}=`))
  if (place < 0) return undefined
  const found = argv[place] ?? ''
  return found === name ? (argv[place + 1] ?? '') : found.slice(name.length + 1)
}
