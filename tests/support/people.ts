import { expect, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test'
import type { PageAnswer, SignedIn, SpaceAnswer } from '../../model/api.ts'
import { sampleAccounts, type SampleAccount, type TestServer } from './start-server.ts'

/** A person at a laptop of their own: a browser context, signed in, and their hands. */
export interface Person {
  readonly context: BrowserContext
  readonly page: Page
}

export function accountOf(server: TestServer, role: string): SampleAccount {
  const account = sampleAccounts(server).find((each) => each.role === role)
  if (account === undefined) throw new Error(`The sample has no ${role}`)
  return account
}

/**
 * Opens the app at `url` (the server, or a line to it) in a laptop of its own and signs in. Only a laptop that `keepsApp` can load it again
 * without the server: to fetch and compile all of it in the background is a third of what opening the app takes, and few tests need it.
 */
export async function openPerson(
  browser: Browser,
  url: string,
  account: SampleAccount,
  { keepsApp = false } = {},
): Promise<Person> {
  const serviceWorkers = keepsApp ? 'allow' : 'block'
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1366, height: 768 }, serviceWorkers })
  const page = await context.newPage()
  await signIn(page, url, account)
  if (keepsApp) await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  return { context, page }
}

export async function signIn(page: Page, url: string, account: SampleAccount): Promise<void> {
  await page.goto(url)
  await page.getByRole('button', { name: 'I already have an account' }).click()
  await page.getByLabel('E-mail address').fill(account.email)
  await page.getByLabel('Password', { exact: true }).fill(account.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(connection(page)).toHaveText('Connected')
}

function frameStatus(page: Page, words: RegExp): Locator {
  return page.getByRole('navigation', { name: 'Sidebar' }).getByRole('status').filter({ hasText: words })
}

/** The words about the line at the foot of the sidebar. */
export function connection(page: Page): Locator {
  return frameStatus(page, /^(Connected|Offline|Looking)/)
}

/** The frame's words about what waits on this laptop; absent while nothing does. */
export function waitingNotice(page: Page): Locator {
  return frameStatus(page, /waiting on this laptop/)
}

export function receipt(page: Page): Locator {
  return page.getByRole('button', { name: /^Receipt/ })
}

export function body(page: Page): Locator {
  return page.locator('.ProseMirror')
}

/** Opens a page by its title, through the search field. */
export async function openByTitle(page: Page, title: string): Promise<void> {
  // By the button: inside the editor Control+K makes a link.
  await page
    .getByRole('button', { name: /^Search/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox').or(dialog.getByRole('textbox')).first().fill(title)
  // Until the page has come the palette offers to make one of that name.
  await dialog.getByRole('option', { name: title }).filter({ hasNotText: 'New page' }).first().click()
  await expect(body(page)).toBeVisible()
}

/** Clicks into the paragraph that begins with `start` and types at its end. */
export async function typeAfter(page: Page, start: string, text: string): Promise<void> {
  await body(page).locator('p', { hasText: start }).first().click()
  await page.keyboard.press('End')
  await page.keyboard.type(text)
}

export async function typeAtEnd(page: Page, text: string): Promise<void> {
  await body(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(text)
}

/** The HTTP interface as an integrator uses it. */
export interface Api {
  readonly token: string
  readonly person: SignedIn['person']
  spaces(): Promise<readonly SpaceAnswer[]>
  pages(spaceId: string): Promise<readonly PageAnswer[]>
  createPage(
    spaceId: string,
    page: { title: string; kind?: string; parent?: string; markdown?: string },
  ): Promise<PageAnswer>
  markdown(pageId: string): Promise<string>
  ticket(documentId: string): Promise<string>
  /** Makes a space that everybody of the organisation may join. */
  createSpace(name: string): Promise<SpaceAnswer>
  joinSpace(spaceId: string): Promise<void>
  movePage(pageId: string, to: { readonly spaceId: string }): Promise<void>
}

export async function openApi(url: string, { email, password }: SampleAccount): Promise<Api> {
  const json = { 'content-type': 'application/json' }
  const first = await fetch(`${url}/api/sessions`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ email, password }),
  })
  expect(first.ok).toBe(true)
  const { token, person } = (await first.json()) as SignedIn
  const ask = async (path: string, sent?: object): Promise<Response> => {
    const headers = { authorization: `Bearer ${token}`, ...(sent === undefined ? {} : json) }
    const init = sent === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(sent) }
    const response = await fetch(url + path, init)
    expect(response.ok, `${path} answered ${response.status}`).toBe(true)
    return response
  }
  return {
    token,
    person,
    spaces: async () => listIn<SpaceAnswer>(await (await ask('/api/spaces')).json(), 'spaces'),
    pages: async (spaceId) => listIn<PageAnswer>(await (await ask(`/api/spaces/${spaceId}/pages`)).json(), 'pages'),
    createPage: async (spaceId, page) =>
      (await (await ask(`/api/spaces/${spaceId}/pages`, { kind: 'wiki', ...page })).json()) as PageAnswer,
    markdown: async (pageId) => (await ask(`/api/pages/${pageId}?format=markdown`)).text(),
    createSpace: async (name) =>
      (await (await ask('/api/spaces', { name, kind: 'team', joining: 'open' })).json()) as SpaceAnswer,
    joinSpace: async (spaceId) => void (await ask(`/api/spaces/${spaceId}/join`, {})),
    movePage: async (pageId, to) => void (await ask(`/api/pages/${pageId}/move`, to)),
    ticket: async (documentId) => {
      const answer: unknown = await (await ask('/api/tickets', { documentId, reusable: true })).json()
      return String(Reflect.get(Object(answer), 'ticket'))
    },
  }
}

function listIn<T>(answer: unknown, name: string): readonly T[] {
  const list: unknown = Array.isArray(answer) ? answer : Reflect.get(Object(answer), name)
  return Array.isArray(list) ? (list as T[]) : []
}

/** The two of the sample who write in the same space, and that space. */
export interface Colleagues {
  readonly joris: SampleAccount
  readonly noor: SampleAccount
  /** Joris's. */
  readonly api: Api
  readonly space: SpaceAnswer
}

export async function colleaguesOf(server: TestServer): Promise<Colleagues> {
  const [joris, noor] = [accountOf(server, 'member'), accountOf(server, 'community-manager')]
  const api = await openApi(server.url, joris)
  return { joris, noor, api, space: await sharedSpace(api, await openApi(server.url, noor)) }
}

/** A space of the sample in which both may edit: the same in every sample, one that the first of them owns before others. */
export async function sharedSpace(one: Api, other: Api): Promise<SpaceAnswer> {
  const theirs = await other.spaces()
  const shared = (await one.spaces())
    .filter((each) => mayEdit(each) && theirs.some((their) => their.id === each.id && mayEdit(their)))
    .toSorted((a, b) => a.name.localeCompare(b.name))
  const space = shared.find(({ role }) => role === 'owner') ?? shared[0]
  if (space === undefined) throw new Error('There is no space where both may edit')
  return space
}

function mayEdit({ role }: SpaceAnswer): boolean {
  return role === 'editor' || role === 'owner'
}
