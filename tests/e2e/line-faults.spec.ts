// What lines do in real life: they hang, they end at a log-in page of somebody else, they sleep with the laptop.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test, type Browser, type Page } from '../support/test.ts'
import { openHouse, type House } from '../support/house.ts'
import {
  body,
  connection,
  openByTitle,
  openPerson,
  receipt,
  typeAfter,
  waitingNotice,
  type Person,
} from '../support/people.ts'
import { type TestServer } from '../support/start-server.ts'

test('a half-open line is noticed on both sides, and after it is mended everything is in sync by itself', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  await using house = await openHouse()
  const { line, server, api } = house
  const { pageId, one, other } = await twoOnOnePage(browser, house, 'Half open')
  await expect.poll(() => metric(server, 'plein_sessions')).toBe(2)

  line.freeze()
  // Both watches run from here: the promise is 10 s here, and the server ends a silent session soon after.
  const noticed = secondsUntil(() => expect(connection(one.page)).toContainText('Offline', { timeout: 100_000 }))
  const dropped = secondsUntil(() =>
    expect.poll(() => metric(server, 'plein_sessions'), { timeout: 150_000, intervals: [250] }).toBe(1),
  )
  await typeAfter(one.page, 'Begin', ' Into a dead line.')
  await typeAfter(other.page, 'Begin', ' On the other side.')
  note('half-open line noticed after', await noticed)
  await expect(receipt(one.page)).toHaveAccessibleName(/Offline · \d+ waiting/)
  await expect(waitingNotice(one.page)).toBeVisible()
  note('silent session dropped by the server after', await dropped)
  await expect.poll(() => metric(server, 'plein_silent_sessions_total'), { timeout: 100_000 }).toBe(1)

  line.mend()
  note('in sync after mending', await secondsUntil(() => expectMerged(one.page, 'dead line', 'other side')))
  await expectMerged(other.page, 'dead line', 'other side')
  await expect(waitingNotice(one.page)).toHaveCount(0)
  expect(await api.markdown(pageId)).toMatch(/(?=.*dead line)(?=.*other side)/s)
})

test('a captive portal signs nobody out and loses nothing, not even through a reload', async ({ browser }) => {
  test.setTimeout(180_000)
  await using house = await openHouse()
  await using portal = await openCaptivePortal()
  const { line, server, api } = house
  const { pageId, one, other } = await twoOnOnePage(browser, house, 'Portal')
  await one.page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })

  line.target = portal.port
  line.mend() // drops what runs, so that every new connection ends at the portal
  await expect(connection(one.page)).toContainText('Offline')
  await typeAfter(one.page, 'Begin', ' Behind the portal.')
  await expect(receipt(one.page)).toHaveAccessibleName(/Offline · \d+ waiting/)
  // More than one attempt must have met the portal's page.
  await expect.poll(() => portal.requests, { timeout: 60_000 }).toBeGreaterThan(3)
  await one.page.reload()
  await expect(connection(one.page)).toContainText('Offline', { timeout: 60_000 })
  await openByTitle(one.page, 'Portal')
  await expect(body(one.page)).toContainText('Begin here. Behind the portal.')
  await typeAfter(one.page, 'Begin', ' And after a reload.')
  await typeAfter(other.page, 'Begin', ' With a line.')
  await expect(one.page.getByText('Sign in again')).toHaveCount(0)

  line.target = Number(new URL(server.url).port)
  line.mend()
  await expectMerged(one.page, 'Behind the portal. And after a reload.', 'With a line.')
  await expectMerged(other.page, 'Behind the portal. And after a reload.', 'With a line.')
  await expect(connection(one.page)).toHaveText('Connected')
  expect(await api.markdown(pageId)).toContain('Behind the portal. And after a reload.')
})

test('a laptop that wakes up does not wait for its next attempt', async ({ browser }) => {
  test.setTimeout(180_000)
  await using house = await openHouse()
  const { line, api } = house
  const { pageId, one, other } = await twoOnOnePage(browser, house, 'Woken')

  line.cut()
  await one.context.setOffline(true)
  await expect(connection(one.page)).toContainText('Offline')
  await typeAfter(one.page, 'Begin', ' Before sleep.')
  await typeAfter(other.page, 'Begin', ' Meanwhile.')
  // The back-off grows until the next attempt is far away.
  const next = nextAttempt(one.page)
  await receipt(one.page).click()
  await expect.poll(next, { timeout: 100_000, intervals: [200] }).toBeGreaterThanOrEqual(13)
  line.mend()
  const left = await next()
  const taken = await secondsUntil(async () => {
    await one.context.setOffline(false) // the browser says `online`
    await expect(connection(one.page)).toHaveText('Connected', { timeout: 30_000 })
    await expectMerged(one.page, 'Before sleep.', 'Meanwhile.')
  })
  note('connected and in sync after waking up', taken)
  expect(taken, `the next attempt was ${left} s away`).toBeLessThan(left)
  await expectMerged(other.page, 'Before sleep.', 'Meanwhile.')
  expect(await api.markdown(pageId)).toMatch(/(?=.*Before sleep)(?=.*Meanwhile)/s)
})

test('a laptop that slept with a line that died meanwhile is in sync soon after', async ({ browser }) => {
  test.setTimeout(180_000)
  await using house = await openHouse()
  const { line, server } = house
  const { one, other } = await twoOnOnePage(browser, house, 'Slept')
  const devtools = await one.context.newCDPSession(one.page)
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
  line.freeze()
  await typeAfter(other.page, 'Begin', ' While you slept.')
  await expect.poll(() => metric(server, 'plein_sessions'), { timeout: 150_000 }).toBe(1)

  line.mend()
  await devtools.send('Page.setWebLifecycleState', { state: 'active' })
  const taken = await secondsUntil(async () => {
    await expect(body(one.page)).toContainText('While you slept.', { timeout: 30_000 })
    await expect(connection(one.page)).toHaveText('Connected')
  })
  note('in sync after sleep', taken)
  await typeAfter(one.page, 'Begin', ' Awake.')
  await expectMerged(other.page, 'Awake.', 'While you slept.')
})

interface OnOnePage {
  readonly pageId: string
  /** Behind the line. */
  readonly one: Person
  readonly other: Person
}

async function twoOnOnePage(browser: Browser, house: House, title: string): Promise<OnOnePage> {
  const { joris, noor, api, space } = house
  const { id: pageId } = await api.createPage(space.id, { title, markdown: 'Begin here.' })
  const one = await openPerson(browser, house.line.url, joris, { keepsApp: true })
  const other = await openPerson(browser, house.server.url, noor)
  for (const { page } of [one, other]) {
    await openByTitle(page, title)
    await expect(body(page)).toContainText('Begin here.')
  }
  return { pageId, one, other }
}

async function expectMerged(page: Page, ...words: readonly string[]): Promise<void> {
  for (const each of words) await expect(body(page)).toContainText(each, { timeout: 60_000 })
  await expect(receipt(page)).toHaveAccessibleName(/On the server/)
}

async function metric(server: TestServer, name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text()
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? Number.NaN)
}

/** Seconds until the next attempt, as the open receipt tells them; 0 while it does not. */
function nextAttempt(page: Page): () => Promise<number> {
  const words = page.getByText(/^Next attempt in \d+ s$/)
  return async () => {
    const [text = ''] = await words.allTextContents()
    return Number(/\d+/.exec(text)?.[0] ?? 0)
  }
}

async function secondsUntil(run: () => Promise<void>): Promise<number> {
  const startMs = performance.now()
  await run()
  return (performance.now() - startMs) / 1000
}

/** A measured time stands in the report; limits are for the bench. */
function note(what: string, seconds: number): void {
  test.info().annotations.push({ type: 'measured', description: `${what} ${seconds.toFixed(1)} s` })
}

/** The network of a hotel: whatever is asked, its own page is the answer, and the answer is 200. */
async function openCaptivePortal() {
  let requests = 0
  const portal = createServer((_request, response) => {
    requests += 1
    response.writeHead(200, { 'content-type': 'text/html', connection: 'close' })
    response.end('<!doctype html><title>Hotel</title><h1>Please accept our terms</h1>')
  })
  await new Promise<void>((resolve) => {
    portal.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (portal.address() as AddressInfo).port,
    get requests() {
      return requests
    },
    async [Symbol.asyncDispose]() {
      portal.closeAllConnections()
      await new Promise((resolve) => portal.close(resolve))
    },
  }
}
