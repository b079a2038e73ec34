// What `import … from 'electron'` gives inside the stand-in: doubles of what the app uses, typed against Electron's own electron.d.ts.
// A name that is not exported here fails the import; a member that a double has not fails the call.
import { AppDouble } from './app.ts'
import { BrowserWindowDouble, surroundWindows } from './browser-window.ts'
import { IpcMainDouble } from './ipc-main.ts'
import { makeProtocol, makeSession } from './session.ts'
import { strict } from './strict.ts'
import { forkUtility } from './utility-process.ts'

Object.defineProperty(process, 'versions', { value: { ...process.versions, electron: 'stand-in' } })

const appDouble = new AppDouble()
const ipcDouble = new IpcMainDouble()
const isReady = () => appDouble.isReady()
surroundWindows({ app: appDouble, ipcMain: ipcDouble })

export const app = strict('app', appDouble)
export const ipcMain = strict('ipcMain', ipcDouble)
export const BrowserWindow = BrowserWindowDouble
export const protocol = makeProtocol(isReady)
export const session = strict('session', makeSession(isReady))

export const utilityProcess: Pick<typeof Electron.UtilityProcess, 'fork'> = strict('utilityProcess', {
  fork: (program: string, args?: string[], options?: Electron.ForkOptions) =>
    strict('UtilityProcess', forkUtility(isReady, program, args, options)) as unknown as Electron.UtilityProcess,
})

export const shell: Pick<Electron.Shell, 'openExternal'> = strict('shell', {
  // Nothing on this machine opens; a test that wants to know puts its own function here, as it does on real Electron.
  openExternal: () => Promise.resolve(),
})

export const Menu: Pick<typeof Electron.Menu, 'buildFromTemplate' | 'setApplicationMenu'> = strict('Menu', {
  buildFromTemplate: (template) => ({ items: template }) as unknown as Electron.Menu,
  setApplicationMenu: () => {},
})

const display = { id: 1, workArea: { x: 0, y: 0, width: 1440, height: 900 } } as Electron.Display

export const screen: Pick<Electron.Screen, 'getAllDisplays' | 'getPrimaryDisplay'> = strict('screen', {
  getAllDisplays: () => [display],
  getPrimaryDisplay: () => display,
})

type CipherDouble = Pick<
  Electron.SafeStorage,
  'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
>

/** Scrambles, so that a test sees that plain text is not on the disk. STANDIN_KEY_STORE names another backend of Linux. */
export const safeStorage: CipherDouble = strict('safeStorage', {
  isEncryptionAvailable: isReady,
  getSelectedStorageBackend: () =>
    process.env['STANDIN_KEY_STORE'] === 'basic_text' ? 'basic_text' : 'gnome_libsecret',
  encryptString: (text) => Buffer.from(`v11${Buffer.from(text).toString('base64')}`),
  decryptString(encrypted) {
    const text = encrypted.toString()
    if (!text.startsWith('v11'))
      throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.')
    return Buffer.from(text.slice(3), 'base64').toString()
  },
})

// The test's end of the line: when it is gone, Chromium must not stay behind.
process.on('disconnect', () => appDouble.exit(0))
// Electron quits in order at these.
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(signal, () => appDouble.quit())
process.on('message', (message) => void evaluateForTest(message))

/** `app.evaluate(({ shell }) => …)`: runs a test's function here, with this module. */
async function evaluateForTest(message: unknown): Promise<void> {
  const { id, source, arg } = message as { readonly id: number; readonly source: string; readonly arg: unknown }
  try {
    const run = (0, globalThis.eval)(`(${source})`) as (electron: unknown, arg: unknown) => unknown // oxlint-disable-line no-eval -- a test's own function, sent as text
    const electron = await import('./electron.ts')
    process.send?.({ kind: 'evaluated', id, value: await run(electron, arg) })
  } catch (error) {
    process.send?.({ kind: 'evaluated', id, failure: String(error) })
  }
}
