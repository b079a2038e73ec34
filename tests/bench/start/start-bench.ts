import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright'
import { chromiumFlags, findChromium } from '../../../build/chromium.ts'
import { apiPaths, type ImportAnswer } from '../../../model/api.ts'
import { colleaguesOf, signIn, type Colleagues } from '../../support/people.ts'
import { openTestServer, type TestServer } from '../../support/start-server.ts'
import { runAlone } from '../laptop/run-alone.ts'
import { measuresOf, type Bench } from '../measure.ts'
import { searchPage } from '../search/search-pages.mjs'

const pages = Number(process.env['PLEIN_BENCH_PAGES'] ?? 10_000)
const pagesPerImport = 5000
const limitMs = 1500
/** Filling server and laptop takes minutes; longer than this is a fault and no measurement. */
const patienceMs = 600_000

interface Round {
  readonly connected: number
  readonly alone: number
}

/**
 * From nothing to a page that one can write in, with 10,000 pages on the laptop: a browser that was just started opens the
 * address of a page, once with the server and once without a network. Its own start is not counted.
 */
export const benchStart: Bench = async ({ runs, say }) => {
  const profile = await mkdtemp(join(tmpdir(), 'plein-bench-start-'))
  await using server = await openTestServer({ args: ['--demo'] })
  try {
    const house = await colleaguesOf(server)
    const pageId = await fillServer(server, house)
    say(`${pages} pages are on the server`)
    await fillLaptop(profile, server, house)
    say(`${pages} pages are on the laptop`)
    const address = `${server.url}/#/page/${pageId}`
    const rounds: Round[] = []
    for (let run = 0; run < runs; run += 1) {
      const connected = await start(profile, address, false)
      rounds.push({ connected, alone: await start(profile, address, true) })
      say(`${run + 1}: ${JSON.stringify(rounds.at(-1))}`)
    }
    const row = measuresOf(rounds)
    return {
      measures: [
        row(`start to an editable page with ${pages} pages on the laptop`, 'connected', limitMs),
        row('the same, without a network', 'alone', limitMs),
      ],
      notes: [
        'The start: a browser that was just started, from its address to an editor that takes letters; pages of 200 to 400 words.',
      ],
    }
  } finally {
    await rm(profile, { recursive: true, force: true })
  }
}

/** Answers one of the pages. */
async function fillServer(server: TestServer, { api, space }: Colleagues): Promise<string> {
  // All of it is made before the first is sent: the server ends a line on which nothing comes for a while.
  const bodies: string[] = []
  for (let from = 0; from < pages; from += pagesPerImport) {
    const files = Array.from({ length: Math.min(pagesPerImport, pages - from) }, (_, place) => fileOf(from + place))
    bodies.push(JSON.stringify({ files }))
  }
  let pageId: string | undefined
  for (const body of bodies) {
    const response = await fetch(server.url + apiPaths.imports(space.id), {
      method: 'POST',
      headers: { authorization: `Bearer ${api.token}`, 'content-type': 'application/json' },
      body,
    })
    if (!response.ok) throw new Error(`The import answered ${response.status}: ${await response.text()}`)
    const imported = (await response.json()) as ImportAnswer
    pageId = imported.pages.at(-1)?.id
  }
  if (pageId === undefined) throw new Error('Nothing was imported')
  return pageId
}

/** Fifty pages under each of two hundred. */
function fileOf(number: number): { readonly path: string; readonly base64: string } {
  const { title, text } = searchPage(number)
  const markdown = `# ${title}\n\n${text.replaceAll('\n', '\n\n')}\n`
  return { path: `deel ${number % 200}/blad ${number}.md`, base64: Buffer.from(markdown).toString('base64') }
}

async function fillLaptop(profile: string, server: TestServer, { joris, space }: Colleagues): Promise<void> {
  const context = await launch(profile)
  try {
    const page = await firstPage(context)
    page.setDefaultTimeout(patienceMs)
    await signIn(page, server.url, joris)
    // Of a space so large not every page comes where nobody asked for it.
    await page.goto(`${server.url}/#/keep`)
    await page.getByLabel(`Pages of ${space.name} on this laptop`).selectOption('everything')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').last().waitFor()
    await page.waitForFunction(
      (wanted) =>
        Number(/([\d,]+) pages on this laptop/.exec(document.body.innerText)?.[1]?.replaceAll(',', '')) >= wanted,
      pages,
      { polling: 500 },
    )
  } finally {
    await context.close()
  }
}

async function start(profile: string, address: string, isOffline: boolean): Promise<number> {
  const context = await launch(profile)
  try {
    const page = await firstPage(context)
    await context.setOffline(isOffline)
    const startMs = performance.now()
    await page.goto(address, { waitUntil: 'commit' })
    const text = page.locator('.ProseMirror[contenteditable=true] p').first()
    await text.waitFor({ timeout: patienceMs })
    const tookMs = performance.now() - startMs
    await text.click()
    await page.keyboard.type('zoutgladheid')
    await page.locator('.ProseMirror p', { hasText: 'zoutgladheid' }).waitFor()
    return tookMs
  } finally {
    await context.close()
  }
}

async function firstPage(context: BrowserContext): Promise<Page> {
  return context.pages()[0] ?? context.newPage()
}

function launch(profile: string): Promise<BrowserContext> {
  const executablePath = findChromium()
  return chromium.launchPersistentContext(profile, {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: chromiumFlags(),
    ...{ locale: 'en-GB', viewport: { width: 1366, height: 768 } },
  })
}

await runAlone(import.meta, benchStart)
