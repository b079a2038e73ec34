import type { CDPSession, Page } from 'playwright'
import { openBrowser, openSite } from '../browser.ts'
import type { BenchOptions, BenchResult } from '../measure.ts'
import { longPage, longPageWords } from './long-page.ts'

/** Where in the page somebody types: near its beginning, in its middle, near its end. */
const parts = [0.03, 0.5, 0.97]
const keysPerRound = 12
const lettersPerRound = 12

/** From Y.applyUpdate on: the editor shows it, it has a layout, its frame is done. */
interface RemoteLetter {
  readonly appliedMs: number
  readonly layoutMs: number
  readonly frameMs: number
}

interface Samples {
  readonly keyMs: number[]
  readonly keyCpuMs: number[]
  readonly appliedMs: number[]
  readonly remoteMs: number[]
  readonly frameMs: number[]
  readonly remoteCpuMs: number[]
  readonly openMs: number[]
}

/** Typing in a very long page, and seeing somebody else type there: ours and stock Tiptap in turn, in one Chromium each. */
export async function benchKeystroke({ runs, say }: BenchOptions): Promise<BenchResult> {
  say(`Typing in a page of ${longPageWords} words`)
  const update = Buffer.from(longPage())
  const closing: (() => Promise<void>)[] = []
  try {
    const ours = await openEditor('editor', update, closing)
    const peer = await openEditor('peers/stock-editor', update, closing)
    for (let round = -1; round < runs; round += 1) {
      for (const part of parts) await measurePart([ours, peer], part)
      if (round < 0) for (const { samples } of [ours, peer]) forget(samples)
    }
    for (const { page } of [ours, peer]) await mustBeComplete(page)
    return report(ours.samples, peer.samples)
  } finally {
    for (const close of closing.toReversed()) await close()
  }
}

interface OpenEditor {
  readonly page: Page
  readonly performance: CDPSession
  readonly samples: Samples
}

/** A browser of its own: Chromium slows down whatever is in the background. */
async function openEditor(folder: string, update: Buffer, closing: (() => Promise<void>)[]): Promise<OpenEditor> {
  const site = await openSite(folder)
  closing.push(() => site.close())
  const browser = await openBrowser()
  closing.push(() => browser.close())
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  page.on('pageerror', (error) => console.error(`${folder}: ${error.message}`))
  await page.route('**/long-page', (route) => route.fulfill({ body: update, contentType: 'application/octet-stream' }))
  await page.goto(site.url)
  await page.waitForFunction('window.bench !== undefined')
  const { openMs } = await page.evaluate<{ openMs: number }>('window.bench.ready()')
  const performance = await page.context().newCDPSession(page)
  await performance.send('Performance.enable', { timeDomain: 'threadTicks' })
  return { page, performance, samples: noSamples(openMs) }
}

function noSamples(openMs: number): Samples {
  return { keyMs: [], keyCpuMs: [], appliedMs: [], remoteMs: [], frameMs: [], remoteCpuMs: [], openMs: [openMs] }
}

/** The first round warms up. */
function forget({ openMs: _kept, ...samples }: Samples): void {
  for (const list of Object.values(samples)) list.length = 0
}

/** Key by key in turn, so that whatever else the machine does meets both alike. */
async function measurePart(editors: readonly OpenEditor[], part: number): Promise<void> {
  for (const { page } of editors) {
    await page.evaluate(`window.bench.place(${part})`)
    await quiet(page)
    await page.evaluate('window.bench.takeKeys()')
  }
  for (let key = 0; key < keysPerRound; key += 1) for (const editor of editors) await measureKey(editor)
  for (let letter = 0; letter < lettersPerRound; letter += 1) {
    // The other person types in sight and, every second time, elsewhere.
    const at = letter % 2 === 0 ? part : (part + 0.31) % 1
    for (const editor of editors) await measureLetter(editor, at)
  }
}

async function measureKey({ page, performance, samples }: OpenEditor): Promise<void> {
  const before = await taskMs(performance)
  await page.keyboard.press('a')
  await quiet(page)
  samples.keyCpuMs.push((await taskMs(performance)) - before)
  samples.keyMs.push(...(await page.evaluate<number[]>('window.bench.takeKeys()')))
}

async function measureLetter({ page, performance, samples }: OpenEditor, at: number): Promise<void> {
  const before = await taskMs(performance)
  const times = await page.evaluate<RemoteLetter>(`window.bench.remoteLetter(${at})`)
  samples.remoteCpuMs.push((await taskMs(performance)) - before)
  samples.appliedMs.push(times.appliedMs)
  samples.remoteMs.push(times.layoutMs)
  samples.frameMs.push(times.frameMs)
}

/** Whatever the last key left to do has been done. */
async function quiet(page: Page): Promise<void> {
  await page.evaluate('new Promise((resolve) => setTimeout(resolve, 60)).then(() => window.bench.afterLayout())')
}

async function taskMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000
}

async function mustBeComplete(page: Page): Promise<void> {
  if (!(await page.evaluate<boolean>('window.bench.isComplete()'))) {
    throw new Error('An editor does not show what its document holds: the measurement is void')
  }
}

function report(ours: Samples, stock: Samples): BenchResult {
  const peer = (values: readonly number[]) => ({ name: 'stock Tiptap', values })
  const row = (what: string, name: keyof Samples, limit: number | null) =>
    ({ what, unit: 'ms', ours: ours[name], peer: peer(stock[name]), limit }) as const
  return {
    measures: [
      row(`keystroke in a page of ${longPageWords} words, until it is laid out`, 'keyMs', 0.35),
      row('somebody else’s letter there, until it is laid out', 'remoteMs', 0.1),
      row('the same, until the editor has it', 'appliedMs', null),
      row('the same, until its frame is done', 'frameMs', null),
      row('CPU of the main thread per keystroke', 'keyCpuMs', null),
      row('CPU of the main thread per letter of somebody else', 'remoteCpuMs', null),
      row('opening that page in the editor', 'openMs', null),
    ],
    notes: [
      'A keystroke is a key event of the browser (CDP Input.dispatchKeyEvent); it runs from the event’s own time stamp to the first task after the next frame, which follows that frame’s layout and paint. Frames are not held to the screen’s rate.',
      'Somebody else’s letter runs from Y.applyUpdate until style and layout of the page are done (asked for at once, by getBoundingClientRect); half of the letters are in sight. The frame that follows costs the same however many letters came.',
    ],
  }
}
