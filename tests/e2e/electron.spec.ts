// The desktop shell, on the stand-in host, or on real Electron where ELECTRON_EXECUTABLE names one.
// What is asked here is the shell: the screens have their own specs.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, expect } from '@playwright/test'
import { isStandIn, type DesktopApp } from '../electron-standin/launch.ts'
import { mainPath, preloadPath, sharedServerUrl, test } from '../electron-standin/test-desktop.ts'

const organisation = 'abcdefghijklmnopqrstuvwxy2'
const pageIds = ['abcdefghijklmnopqrstuvwxy3', 'abcdefghijklmnopqrstuvwxy4', 'abcdefghijklmnopqrstuvwxy5'] as const

test.describe('requests between the window and main', () => {
  test('are answered through named functions that the page cannot change', async ({ shared }) => {
    const { page } = shared
    const seen = await page.evaluate(async () => {
      const api = Reflect.get(window, 'desktop')
      return {
        info: await api.appInfo(),
        server: await api.serverAddress(),
        names: Object.keys(api).sort(),
        frozen: Object.isFrozen(api),
        node: [
          typeof Reflect.get(window, 'require'),
          typeof Reflect.get(window, 'process'),
          typeof Reflect.get(window, 'ipcRenderer'),
        ],
      }
    })
    expect(seen.info).toMatchObject({
      host: expect.stringContaining('Electron'),
      secretKeeping: expect.stringMatching(/encrypted|memory/),
    })
    expect(seen.server).toEqual({ state: 'ready', url: sharedServerUrl })
    expect(seen.names).toEqual([
      'appInfo',
      'deleteSecret',
      'getSecret',
      'onDeepLink',
      'onFlush',
      'openExternal',
      'serverAddress',
      'setSecret',
    ])
    expect(seen.frozen).toBe(true)
    expect(seen.node).toEqual(['undefined', 'undefined', 'undefined'])
  })

  test('are refused with hostile arguments, which the refusal does not repeat', async ({ shared }) => {
    const { page } = shared
    const refusals = await page.evaluate(async () => {
      const { getSecret, setSecret, openExternal } = Reflect.get(window, 'desktop')
      const attempts = [
        () => getSecret('../../etc/passwd'),
        () => setSecret('x', 'y'),
        () => getSecret(),
        () => openExternal({ href: 'https://example.org/' }),
        () => openExternal(document.body),
      ]
      return Promise.all(
        attempts.map((attempt) =>
          Promise.resolve()
            .then(attempt)
            .then(
              () => 'answered',
              (error: Error) => error.message,
            ),
        ),
      )
    })
    for (const refusal of refusals) expect(refusal).toMatch(/bad-arguments|could not be cloned/)
    expect(refusals.join()).not.toContain('passwd')
  })

  test('are refused to any page but the app in its own window', async ({ shared }) => {
    const { app } = shared
    const answers = await app.evaluate(async ({ BrowserWindow }, path) => {
      const ask = 'window.desktop.appInfo().then(() => "answered", (error) => error.message)'
      const outcomes: string[] = []
      for (const address of ['data:text/html,<p>foreign</p>', 'app://plein/']) {
        const window = new BrowserWindow({
          show: false,
          webPreferences: { preload: path, sandbox: true, contextIsolation: true },
        })
        await window.loadURL(address)
        outcomes.push(String(await window.webContents.executeJavaScript(ask)))
        window.destroy()
      }
      return outcomes
    }, preloadPath)
    for (const answer of answers) expect(answer).toContain('foreign-sender')
  })

  test('keep a token over a restart, out of sight on the disk', async ({ desktop }) => {
    const first = await desktop.start()
    expect(
      await first.page.evaluate((id) => Reflect.get(window, 'desktop').setSecret(id, 'a-token-to-find'), organisation),
    ).toBe('encrypted')
    await first.app.close()
    expect(readFileSync(join(desktop.userData, 'secrets.json'), 'utf8')).not.toContain('a-token-to-find')
    const { page } = await desktop.start()
    expect(await page.evaluate((id) => Reflect.get(window, 'desktop').getSecret(id), organisation)).toBe(
      'a-token-to-find',
    )
    await page.evaluate((id) => Reflect.get(window, 'desktop').deleteSecret(id), organisation)
    expect(await page.evaluate((id) => Reflect.get(window, 'desktop').getSecret(id), organisation)).toBeNull()
  })

  test('write no token where the system has no key store, and say so', async ({ desktop }) => {
    const { page } = await desktop.start({
      env: { STANDIN_KEY_STORE: 'basic_text' },
      args: ['--server-url', 'http://127.0.0.1:1', '--password-store=basic'],
    })
    expect(
      await page.evaluate((id) => Reflect.get(window, 'desktop').setSecret(id, 'a-token-to-find'), organisation),
    ).toBe('memory')
    expect(await page.evaluate((id) => Reflect.get(window, 'desktop').getSecret(id), organisation)).toBe(
      'a-token-to-find',
    )
    expect(existsSync(join(desktop.userData, 'secrets.json'))).toBe(false)
  })
})

test.describe('the window', () => {
  test('does not navigate away', async ({ shared }) => {
    const { app, page } = shared
    const address = page.url()
    const refused = await recordNavigations(app)
    await page.evaluate(() => {
      Reflect.set(window, 'isTheSamePage', true)
      location.assign('https://example.org/')
    })
    await expect.poll(refused).toEqual([{ url: 'https://example.org/', prevented: true }])
    expect(page.url()).toBe(address)
    expect(await page.evaluate(() => Reflect.get(window, 'isTheSamePage'))).toBe(true)
  })

  test('opens no other window, and hands only https and mail addresses to the system', async ({ shared }) => {
    const { app, page } = shared
    const opened = await recordOpened(app)
    const outcomes = await page.evaluate(() => {
      const addresses = [
        'https://example.org/a',
        'mailto:ada@example.org',
        'http://example.org/',
        'file:///etc/passwd',
        'smb://share/x',
        'javascript:alert(1)',
        location.href,
        'https://user@evil.example/',
      ]
      return addresses.map((address) => window.open(address) === null)
    })
    expect(outcomes).not.toContain(false)
    await expect.poll(opened).toEqual(['https://example.org/a', 'mailto:ada@example.org'])
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  })

  test('opens a link that a person clicks in the system, not here', async ({ shared }) => {
    const { app, page } = shared
    const opened = await recordOpened(app)
    await page.evaluate(() => {
      const link = document.createElement('a')
      link.href = 'https://example.org/clicked'
      link.target = '_blank'
      link.textContent = 'A link for this test'
      Object.assign(link.style, { position: 'fixed', insetBlockStart: '0', insetInlineStart: '0', zIndex: '100000' })
      document.body.append(link)
    })
    await page.getByRole('link', { name: 'A link for this test' }).click()
    await expect.poll(opened).toEqual(['https://example.org/clicked'])
  })

  test('answers openExternal with what became of it', async ({ shared }) => {
    const { app, page } = shared
    const opened = await recordOpened(app)
    const outcomes = await page.evaluate(async () => {
      const { openExternal } = Reflect.get(window, 'desktop')
      const tell = (address: string) => openExternal(address).catch(() => 'refused')
      return [
        await tell('https://example.org/'),
        await tell('file:///etc/passwd'),
        await tell('https://example.org/"&calc'),
      ]
    })
    expect(outcomes).toEqual([true, 'refused', 'refused'])
    expect(await opened()).toEqual(['https://example.org/'])
  })

  test('stands where it stood the last time', async ({ desktop }) => {
    const bounds = { x: 120, y: 80, width: 900, height: 640 }
    const first = await desktop.start()
    await first.app.evaluate(({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setBounds(wanted), bounds)
    await first.app.close()
    const { app } = await desktop.start()
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())).toEqual(bounds)
  })
})

test.describe('a deep link', () => {
  test('of a second instance is delivered, and hostile ones are dropped', async ({ desktop }) => {
    const { page } = await desktop.start()
    await page.evaluate(() => {
      const links: string[] = []
      Reflect.set(window, 'links', links)
      Reflect.get(window, 'desktop').onDeepLink((id: string) => links.push(id))
    })
    // Every other form is a unit test of electron/deep-link.ts.
    const hostile = [`plein://page/../${pageIds[0]}`, 'plein://page/https://evil.example']
    for (const link of [...hostile, `plein://page/${pageIds[1]}`]) {
      expect((await desktop.run({ args: [link] })).code).toBe(0)
    }
    const links = () => page.evaluate(() => Reflect.get(window, 'links'))
    await expect.poll(links).toEqual([pageIds[1]])
  })

  test('waits for a window that does not listen yet', async ({ desktop }) => {
    const { page } = await desktop.start()
    // A page of the app's origin on which no script of the app runs, so that nobody listens.
    await page.evaluate(() => {
      location.assign('/icon.svg')
    })
    await page.waitForURL(/icon\.svg$/)
    expect((await desktop.run({ args: [`plein://page/${pageIds[2]}`] })).code).toBe(0)
    const link = await page.evaluate(
      () =>
        new Promise<string>((settle) => {
          Reflect.get(window, 'desktop').onDeepLink(settle)
        }),
    )
    expect(link).toBe(pageIds[2])
  })
})

test.describe('what was written', () => {
  if (process.platform === 'linux') {
    test('lies in one fixed folder of its own', async ({ desktop }) => {
      const { app } = await desktop.start({ userData: null, env: { XDG_CONFIG_HOME: desktop.userData } })
      const folders = await app.evaluate(({ app: host }) => [host.getPath('userData'), host.getPath('sessionData')])
      expect(folders).toEqual([join(desktop.userData, 'Plein'), join(desktop.userData, 'Plein')])
    })
  }

  test('survives a restart', async ({ desktop }) => {
    const first = await desktop.start()
    expect(await first.page.evaluate(countStarts)).toBe(1)
    await first.app.close()
    const { page } = await desktop.start()
    expect(await page.evaluate(countStarts)).toBe(2)
  })

  test('survives kill -9', async ({ desktop }) => {
    const first = await desktop.start()
    expect(await first.page.evaluate(countStarts)).toBe(1)
    await first.app.kill()
    const { page } = await desktop.start()
    expect(await page.evaluate(countStarts)).toBe(2)
  })

  test('is flushed before the app quits', async ({ desktop }) => {
    const first = await desktop.start()
    await first.page.evaluate(() => {
      Reflect.get(window, 'desktop').onFlush(async () => {
        await Promise.resolve()
        localStorage.setItem('flushed', 'yes')
      })
    })
    await first.app.close()
    const { page } = await desktop.start()
    expect(await page.evaluate(() => localStorage.getItem('flushed'))).toBe('yes')
  })

  test('does not keep the app open when the page never answers', async ({ desktop }) => {
    const { app, page } = await desktop.start()
    await page.evaluate(() => {
      Reflect.get(window, 'desktop').onFlush(() => new Promise(() => {}))
    })
    const began = performance.now()
    await app.close()
    expect(performance.now() - began).toBeLessThan(30_000)
  })
})

test.describe('the command line', () => {
  test('takes no server of another computer', async ({ desktop }) => {
    const { code, stderr } = await desktop.run({ args: ['--server-url', 'https://evil.example'] })
    expect(code).toBe(2)
    expect(stderr).toContain('--server-url takes an address on this computer')
  })

  test('--self-test says in sentences and in JSON that everything works', async ({ desktop }) => {
    const { code, stdout } = await desktop.run({ args: ['--self-test'] })
    const [json = '', ...sentences] = stdout.trim().split('\n')
    expect(JSON.parse(json)).toMatchObject({
      passed: true,
      checks: ['window', 'ipc', 'indexeddb', 'sqlite', 'socket'].map((name) => ({ name, passed: true })),
    })
    expect(sentences.at(-1)).toBe('Plein works on this computer.')
    expect(code).toBe(0)
  })
})

// Real Electron has all of Electron, and ends by itself with its last process.
if (isStandIn) {
  test('the stand-in fails loudly at what it does not have', async ({ shared }) => {
    const { app } = shared
    await expect(app.evaluate(({ app: electronApp }) => electronApp.getGPUFeatureStatus())).rejects.toThrow(
      'stand-in has no electron.app.getGPUFeatureStatus',
    )
  })

  test('nothing of the stand-in stays behind when the test that started it is killed', async ({ desktop }) => {
    const launcher = new URL('../electron-standin/launch.ts', import.meta.url).href
    const options = JSON.stringify({
      main: mainPath,
      userData: desktop.userData,
      args: ['--server-url', sharedServerUrl],
    })
    const script = `const { launchDesktop } = await import('${launcher}')
    const app = await launchDesktop(${options}); await app.firstWindow(); console.log('open'); setInterval(() => {}, 1000)`
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(parent.stdout, 'data')
    const chromiumPid = await browserPid(join(desktop.userData, 'chromium'))
    const hostPid = Number(readFileSync(join(desktop.userData, 'standin-lock'), 'utf8'))
    expect([chromiumPid, hostPid].map(isRunning)).toEqual([true, true])
    parent.kill('SIGKILL')
    await expect.poll(() => [chromiumPid, hostPid].map(isRunning)).toEqual([false, false])
  })
}

/** The process of the Chromium whose profile lies in `profile`. */
async function browserPid(profile: string): Promise<number> {
  const [port] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await browser.close() // lets go of it; it runs on
  return processInfo.find(({ type }) => type === 'browser')?.id ?? 0
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  // Nobody may have collected its exit code yet: a container's first process often does not.
  const stat = `/proc/${pid}/stat`
  return !existsSync(stat) || !/\) [ZX] /.test(readFileSync(stat, 'utf8'))
}

/** Puts a recorder in the place of the system; answers how to read what would have been opened. */
async function recordOpened(app: DesktopApp): Promise<() => Promise<string[]>> {
  await app.evaluate(({ shell }) => {
    const opened: string[] = []
    Reflect.set(globalThis, 'opened', opened)
    shell.openExternal = (address) => {
      opened.push(address)
      return Promise.resolve()
    }
  })
  return () => app.evaluate(() => Reflect.get(globalThis, 'opened'))
}

async function recordNavigations(app: DesktopApp): Promise<() => Promise<unknown>> {
  await app.evaluate(({ BrowserWindow }) => {
    const navigations: object[] = []
    Reflect.set(globalThis, 'navigations', navigations)
    BrowserWindow.getAllWindows()[0]?.webContents.on('will-navigate', (event) => {
      navigations.push({ url: event.url, prevented: event.defaultPrevented })
    })
  })
  return () => app.evaluate(() => Reflect.get(globalThis, 'navigations'))
}

/** Runs in the page. */
async function countStarts(): Promise<number> {
  const settled = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'))
    })
  const opening = indexedDB.open('electron-spec', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('starts')
  const database = await settled(opening)
  const transaction = database.transaction('starts', 'readwrite', { durability: 'strict' })
  const starts = Number((await settled<unknown>(transaction.objectStore('starts').get('count'))) ?? 0) + 1
  transaction.objectStore('starts').put(starts, 'count')
  await new Promise((done) => {
    transaction.oncomplete = done
  })
  database.close()
  return starts
}
