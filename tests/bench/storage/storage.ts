import type { Page } from 'playwright'
import { openBrowser, openSite } from '../browser.ts'
import type { BenchOptions, BenchResult } from '../measure.ts'

const total = 10_000
const openingsPerRound = 25

interface Stored {
  readonly page: Page
  readonly openPageMs: number[]
  readonly openMs: number[]
  readonly listMs: number[]
}

/** Lists and pages out of 10,000 in IndexedDB, in one Chromium, each side in an origin of its own and a page that was just loaded. */
export async function benchStorage({ runs, say }: BenchOptions): Promise<BenchResult> {
  say(`Storing ${total} pages in both storages`)
  const closing: (() => Promise<void>)[] = []
  try {
    const browser = await openBrowser()
    closing.push(() => browser.close())
    const open = async (folder: string): Promise<Stored> => {
      const site = await openSite(folder)
      closing.push(() => site.close())
      const page = await (await browser.newContext()).newPage()
      await page.goto(site.url)
      await page.evaluate(`window.bench.fill(${total})`)
      if (process.env['ZZ']) console.log(folder, 'filled', performance.now())
      return { page, openPageMs: [], openMs: [], listMs: [] }
    }
    const ours = await open('storage')
    const peer = await open('peers/y-dexie-storage')
    say(`Opening lists and pages out of ${total}`)
    // A list is one sample a round and a short one: three for each round of openings.
    for (let round = 0; round < runs * 3; round += 1) for (const side of [ours, peer]) await measureList(side)
    for (let round = 0; round < runs; round += 1) for (const side of [ours, peer]) await measureOpenings(side)
    return report(ours, peer)
  } finally {
    for (const close of closing.toReversed()) await close()
  }
}

async function measureList({ page, openMs, listMs }: Stored): Promise<void> {
  if (process.env['ZZ']) console.log('reload', performance.now())
  await page.reload()
  const times = await page.evaluate<{ openMs: number; listMs: number }>(`window.bench.list(${total})`)
  openMs.push(times.openMs)
  listMs.push(times.listMs)
}

async function measureOpenings({ page, openPageMs }: Stored): Promise<void> {
  if (process.env['ZZ']) console.log('reload', performance.now())
  await page.reload()
  openPageMs.push(...(await page.evaluate<number[]>(`window.bench.open(${total}, ${openingsPerRound})`)))
}

function report(ours: Stored, stored: Stored): BenchResult {
  const peer = (name: string, values: readonly number[]) => ({ name, values })
  return {
    measures: [
      {
        what: `opening a stored page out of ${total}, until its Y.Doc is filled`,
        unit: 'ms',
        ours: ours.openPageMs,
        peer: peer('y-dexie', stored.openPageMs),
        limit: 0.5,
      },
      {
        what: `start to a usable list of ${total} pages`,
        unit: 'ms',
        ours: ours.listMs,
        peer: peer('Dexie toArray', stored.listMs),
        limit: 0.2,
      },
      {
        what: 'opening the database before that (ours has twelve tables, the peer one)',
        unit: 'ms',
        ours: ours.openMs,
        peer: peer('Dexie', stored.openMs),
        limit: null,
      },
    ],
    notes: ['Stored pages hold 2 to 4 KB of text: their content and four edits, a record each, compacted by neither side.'],
  }
}
