import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright'
import { chromiumFlags, findChromium } from '../../../build/chromium.ts'
import { servePage } from '../editor/served-page.ts'
import type { Bench } from '../measure.ts'
import { medianOf } from '../statistics.ts'
import type { LaptopSide } from './laptop-side.ts'
import { runAlone } from './run-alone.ts'

/** What fresh loads of a side's page gave; times in milliseconds. */
interface Round {
  readonly first: number
  readonly page: number
  readonly list: number
  readonly listWithOpening: number
}

const pages = 10_000
const pagesAtOnce = 500
const openedPages = 40
/** Prime to the number of pages: what is opened lies far apart, and no round opens what another opened. */
const stride = 237

/**
 * 10,000 pages on this laptop's disk. Opening one lasts from its id to a Y.Doc with its content, the database being open; the list
 * lasts from an open database to all records. Every measurement is made in a page that was loaded anew.
 */
export const benchLaptop: Bench = async ({ runs, say }) => {
  const profile = await mkdtemp(join(tmpdir(), 'plein-bench-profile-'))
  const ours = await servePage(join(import.meta.dirname, 'ours'), { fromPeers: false })
  const peer = await servePage(join(import.meta.dirname, 'y-dexie'), { fromPeers: true })
  const context = await launch(profile)
  try {
    say(`Storing ${pages} pages on both sides`)
    await fill(context, ours.url)
    await fill(context, peer.url)
    const rounds: { readonly ours: Round; readonly peer: Round }[] = []
    for (let run = 0; run < runs; run += 1) {
      const one = await measureRound(context, ours.url, run)
      const other = await measureRound(context, peer.url, run)
      if (one.text !== other.text) throw new Error('The two sides opened different pages')
      rounds.push({ ours: one, peer: other })
      say(`${run + 1}: ours ${wordsOf(one)}, peer ${wordsOf(other)}`)
    }
    const row = (what: string, of: keyof Round, name: string, limit: number | null) => ({
      what,
      unit: 'ms' as const,
      ours: rounds.map((round) => round.ours[of]),
      peer: { name, values: rounds.map((round) => round.peer[of]) },
      limit,
    })
    return {
      measures: [
        row(`opening a stored page out of ${pages}, p50`, 'page', 'y-dexie 4.4.0', 0.5),
        row('the same, the first page after loading', 'first', 'y-dexie 4.4.0', null),
        row(`listing ${pages} pages`, 'list', 'Dexie 4.4.7, toArray', 0.2),
        row('the same, with opening the database', 'listWithOpening', 'Dexie 4.4.7, toArray', null),
      ],
      notes: [
        `${pages} pages of 2 to 4 KB and three edits each, not compacted on either side; ${openedPages} opened in each fresh load.`,
      ],
    }
  } finally {
    await context.close()
    await ours.close()
    await peer.close()
    await rm(profile, { recursive: true, force: true })
  }
}

function wordsOf({ page, first, list, listWithOpening }: Round): string {
  return `page ${page.toFixed(2)} (first ${first.toFixed(1)}), list ${list.toFixed(1)} (with opening ${listWithOpening.toFixed(1)}) ms`
}

/** A profile on the disk: the databases of a private window stay in memory. */
function launch(profile: string): Promise<BrowserContext> {
  const executablePath = findChromium()
  return chromium.launchPersistentContext(profile, {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: chromiumFlags(),
  })
}

async function fill(context: BrowserContext, url: string): Promise<void> {
  await withPage(context, url, async (page) => {
    for (let from = 0; from < pages; from += pagesAtOnce) {
      await page.evaluate(([start, count]) => (window as unknown as { side: LaptopSide }).side.fill(start, count), [
        from,
        pagesAtOnce,
      ] as const)
    }
    await page.evaluate(() => (window as unknown as { side: LaptopSide }).side.finish())
  })
}

async function measureRound(
  context: BrowserContext,
  url: string,
  run: number,
): Promise<Round & { readonly text: string }> {
  const indexes = Array.from({ length: openedPages }, (_, place) => ((run * openedPages + place) * stride) % pages)
  const { times, text } = await withPage(context, url, (page) =>
    page.evaluate((wanted) => (window as unknown as { side: LaptopSide }).side.openPages(wanted), indexes),
  )
  const listed = await withPage(context, url, (page) =>
    page.evaluate(() => (window as unknown as { side: LaptopSide }).side.list()),
  )
  if (listed.count !== pages) throw new Error(`${listed.count} pages are listed instead of ${pages}`)
  return {
    first: times[0] ?? Number.NaN,
    page: medianOf(times),
    list: listed.listMs,
    listWithOpening: listed.withOpeningMs,
    text,
  }
}

/** In a page that was just loaded. */
async function withPage<T>(context: BrowserContext, url: string, act: (page: Page) => Promise<T>): Promise<T> {
  const page = await context.newPage()
  try {
    page.setDefaultTimeout(120_000)
    await page.goto(url)
    return await act(page)
  } finally {
    await page.close()
  }
}

await runAlone(import.meta, benchLaptop)
