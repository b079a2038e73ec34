import { randomUUID } from 'node:crypto'
import type { BrowserContext, CDPSession, Page } from 'playwright'
import { pageWorldSource, preloadWorldSource } from './page-worlds.ts'
import { preloadHostSource } from './preload-host.ts'
import type { WebContentsDouble } from './web-contents.ts'

const preloadWorld = 'standin-preload'
const expected = new WeakSet<BrowserContext>()
let pagesAsked = 0

/** One page of Chromium and what ties it to its doubles: the preload's world, messages, navigation. */
export class PageHost {
  readonly page: Page
  readonly #cdp: CDPSession
  readonly #contents: WebContentsDouble
  /** Contexts of the preload's world; the last one is that of the page shown now. */
  #preloadContexts: number[] = []
  #mainFrameId = ''
  /** An address that main itself loads: Electron has no `will-navigate` for it. */
  #loading: string | undefined

  static async open(context: BrowserContext, contents: WebContentsDouble, preload: string): Promise<PageHost> {
    const page = await newPage(context)
    const host = new PageHost(page, await context.newCDPSession(page), contents)
    await host.#prepare(preload)
    return host
  }

  private constructor(page: Page, cdp: CDPSession, contents: WebContentsDouble) {
    this.page = page
    this.#cdp = cdp
    this.#contents = contents
  }

  async load(address: string): Promise<void> {
    this.#loading = new URL(address).href
    try {
      // Chromium asks nobody about these: they make no request.
      if (/^(?:data|about):/.test(address)) this.#contents.noteNavigation(address)
      await this.page.goto(address)
    } finally {
      this.#loading = undefined
    }
  }

  /** Hands a message to the preload script; lost where the page has none. */
  async push(message: object): Promise<void> {
    const contextId = this.#preloadContexts.at(-1)
    if (contextId === undefined) return
    const expression = `__standinFromMain(${JSON.stringify(JSON.stringify(message))})`
    await this.#cdp.send('Runtime.evaluate', { expression, contextId }).catch(() => undefined) // the page has just gone
  }

  /** Runs code in the page's own world, as `executeJavaScript` does: content security policy does not forbid it. */
  async run(code: string): Promise<unknown> {
    const answer = await this.#cdp.send('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
    })
    if (answer.exceptionDetails !== undefined)
      throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text)
    return answer.result.value as unknown
  }

  async bringToFront(): Promise<void> {
    await this.page.bringToFront().catch(() => undefined) // closed meanwhile
  }

  async setBounds({ x, y, width, height }: Electron.Rectangle): Promise<void> {
    try {
      const { windowId } = await this.#cdp.send('Browser.getWindowForTarget')
      await this.#cdp.send('Browser.setWindowBounds', { windowId, bounds: { left: x, top: y, width, height } })
    } catch (error) {
      if (!this.page.isClosed()) throw error
    }
  }

  async close(): Promise<void> {
    await this.page.close().catch(() => undefined) // Chromium has ended before it
  }

  async #prepare(preload: string): Promise<void> {
    const cdp = this.#cdp
    const secret = randomUUID()
    this.#listen()
    await cdp.send('Runtime.enable')
    await cdp.send('Page.enable')
    const { frameTree } = await cdp.send('Page.getFrameTree')
    this.#mainFrameId = frameTree.frame.id
    await cdp.send('Runtime.addBinding', { name: '__standinToMain', executionContextName: preloadWorld })
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: pageWorldSource(secret) })
    const source = preloadWorldSource(secret, preloadHostSource, preload)
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: preloadWorld })
    await cdp.send('Fetch.enable', {
      patterns: [{ urlPattern: '*', resourceType: 'Document', requestStage: 'Request' }],
    })
  }

  #listen(): void {
    const cdp = this.#cdp
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === preloadWorld && isOfFrame(context.auxData, this.#mainFrameId))
        this.#preloadContexts.push(context.id)
    })
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      this.#preloadContexts = this.#preloadContexts.filter((id) => id !== executionContextId)
    })
    cdp.on('Runtime.executionContextsCleared', () => {
      this.#preloadContexts = []
    })
    cdp.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === '__standinToMain') void this.#contents.hear(payload)
    })
    cdp.on('Fetch.requestPaused', ({ requestId, request, frameId, redirectedRequestId }) => {
      const navigation = {
        address: request.url,
        isMainFrame: frameId === this.#mainFrameId,
        isRedirect: redirectedRequestId !== undefined,
      }
      void this.#decide(requestId, navigation)
    })
    this.page.on('crash', () => this.#contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }))
  }

  async #decide(
    requestId: string,
    navigation: { address: string; isMainFrame: boolean; isRedirect: boolean },
  ): Promise<void> {
    const isOurs = navigation.isMainFrame && this.#loading === navigation.address
    if (!isOurs && !this.#contents.decideNavigation(navigation)) {
      await this.#cdp.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' }).catch(() => undefined) // the page has just gone
      return
    }
    if (navigation.isMainFrame) this.#contents.noteNavigation(navigation.address)
    await this.#cdp.send('Fetch.continueRequest', { requestId }).catch(() => undefined) // the page has just gone
  }
}

/** The first window takes the page that Chromium starts with. A page that nobody here asked for is closed at once. */
async function newPage(context: BrowserContext): Promise<Page> {
  if (!expected.has(context)) {
    expected.add(context)
    context.on('page', (page) => {
      if (pagesAsked > 0) pagesAsked--
      else void page.close()
    })
    const [first] = context.pages()
    if (first !== undefined) return first
  }
  pagesAsked++
  return context.newPage()
}

function isOfFrame(auxData: unknown, frameId: string): boolean {
  return typeof auxData === 'object' && auxData !== null && 'frameId' in auxData && auxData.frameId === frameId
}
