import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright'
import { chromiumFlags, findChromium } from '../../../build/chromium.ts'
import { servePage } from '../editor/served-page.ts'
import { runAlone } from '../laptop/run-alone.ts'
import type { Bench } from '../measure.ts'
import { questions } from './search-pages.mjs'
import type { SearchSide } from './search-side.ts'

const pages = 10_000
const asked = 200
const peerName = 'MiniSearch'

interface Round {
  readonly reopenMs: number
  readonly p95: number
  readonly found: number
}

/**
 * Full text over 10,000 pages in Chromium, both indexes on the disk of a profile. A question of ours goes to the worker and comes back
 * with marked snippets; the peer's is answered in the window, without any.
 */
export const benchSearch: Bench = async ({ runs, say }) => {
  const profile = await mkdtemp(join(tmpdir(), 'plein-bench-profile-'))
  const ours = await servePage(join(import.meta.dirname, 'ours'), { fromPeers: false })
  const peer = await servePage(join(import.meta.dirname, 'minisearch'), { fromPeers: true })
  const context = await launch(profile)
  try {
    const filling = { ours: await fill(context, ours.url), peer: await fill(context, peer.url) }
    say(`Indexed ${pages} pages: ours ${filling.ours.toFixed(0)} ms, peer ${filling.peer.toFixed(0)} ms`)
    const rounds: { readonly ours: Round; readonly peer: Round }[] = []
    for (let run = 0; run < runs; run += 1) {
      const round = { ours: await measure(context, ours.url, run), peer: await measure(context, peer.url, run) }
      rounds.push(round)
      say(`${run + 1}: ours ${wordsOf(round.ours)}; peer ${wordsOf(round.peer)}`)
    }
    const row = (what: string, of: 'reopenMs' | 'p95', limit: number | null) => ({
      what,
      unit: 'ms' as const,
      ours: rounds.map((round) => round.ours[of]),
      peer: { name: peerName, values: rounds.map((round) => round.peer[of]) },
      limit,
    })
    return {
      measures: [
        row(`searching ${pages} pages, p95`, 'p95', 0.5),
        { what: 'the same, in milliseconds', unit: 'ms', ours: rounds.map((round) => round.ours.p95), limit: 50 },
        row('from nothing open to a first answer', 'reopenMs', null),
        {
          what: `indexing ${pages} pages`,
          unit: 'ms',
          ours: [filling.ours],
          peer: { name: peerName, values: [filling.peer] },
          limit: null,
        },
      ],
      notes: [
        `Search: ${asked} questions of one to three words, half of them with the last word half typed, over pages of 200 to 400 Dutch words. The app asks its index a few dozen questions by itself soon after it has opened it, so that its code is compiled: that is done before the questions that count, and the peer has a second's rest instead. Ours also finds other forms and parts of compounds, and comes back with marked snippets; the time includes the way to the worker and back.`,
      ],
    }
  } finally {
    await context.close()
    await ours.close()
    await peer.close()
    await rm(profile, { recursive: true, force: true })
  }
}

function wordsOf({ p95, reopenMs, found }: Round): string {
  return `p95 ${p95.toFixed(1)} ms, reopening ${reopenMs.toFixed(0)} ms, ${found} of ${asked} found`
}

/** A profile on the disk: in a private window there are no files to keep an index in. */
function launch(profile: string): Promise<BrowserContext> {
  const executablePath = findChromium()
  return chromium.launchPersistentContext(profile, {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: chromiumFlags(),
  })
}

const fill = (context: BrowserContext, url: string) =>
  withPage(context, url, (page) =>
    page.evaluate((count) => (window as unknown as { side: SearchSide }).side.fill(count), pages),
  )

async function measure(context: BrowserContext, url: string, run: number): Promise<Round> {
  const wanted = questions(asked, run + 1)
  return withPage(context, url, async (page) => {
    const reopenMs = await page.evaluate(() => (window as unknown as { side: SearchSide }).side.reopen('brug zout'))
    await page.evaluate(() => (window as unknown as { side: SearchSide }).side.rest())
    const { times, found } = await page.evaluate(
      (all) => (window as unknown as { side: SearchSide }).side.ask(all),
      wanted,
    )
    const sorted = times.toSorted((a, b) => a - b)
    return { reopenMs, p95: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN, found }
  })
}

async function withPage<T>(context: BrowserContext, url: string, act: (page: Page) => Promise<T>): Promise<T> {
  const page = await context.newPage()
  try {
    page.setDefaultTimeout(300_000)
    await page.goto(url)
    return await act(page)
  } finally {
    await page.close()
  }
}

await runAlone(import.meta, benchSearch)
