import { join } from 'node:path'
import { chromium, type Browser, type CDPSession, type Page } from 'playwright'
import { chromiumFlags, findChromium } from '../../../build/chromium.ts'
import type { Bench } from '../measure.ts'
import { medianOf } from '../statistics.ts'
import { runAlone } from '../laptop/run-alone.ts'
import { countKeyTimes, isKeyTimed, listenToKeys, placeOf, receiveRemote, takeKeyTimes } from './in-page.ts'
import { handbook, type Handbook } from './handbook.ts'
import { servePage } from './served-page.ts'

/** What one fresh load of the long page gave; times in milliseconds. */
interface Round {
  readonly key: number
  /** All work of the page's main thread for one key, with what it does after the frame. */
  readonly keyBusy: number
  readonly remote: number
  readonly remoteToFrame: number
}

const keys = 40
const warmUpKeys = 8
/** After each frame: time for what an editor puts off until later, so that no key waits for the one before it. */
const keyPauseMs = 100
const remoteUpdates = 30
const letters = 'de dooi zet door en '
/** So that a frame comes when the page is ready, and not at the next tick of 60 Hz, which would hide what differs. */
const unpaced = ['--disable-frame-rate-limit', '--disable-gpu-vsync']
const stockName = 'stock Tiptap 3.31.3 with @tiptap/y-tiptap 3.0.9'

/**
 * Typing in the middle of a page of 126,000 words, and somebody else's letter elsewhere on it.
 *
 * A keystroke lasts from its `keydown` reaching the page until the first frame with the letter has been rendered by the main thread
 * (style, layout and paint are done); waiting for the screen's next tick does not count. A remote update lasts as long as
 * `Y.applyUpdate` does, in which both bindings bring their editor up to date; the frame after it is told apart.
 */
export const benchEditor: Bench = async ({ runs, say }) => {
  const content = handbook()
  say(`Typing on a page of ${content.words} words in ${content.blocks} blocks`)
  const files = { 'page.bin': content.bytes }
  const ours = await servePage(join(import.meta.dirname, 'ours'), { fromPeers: false, files })
  const stock = await servePage(join(import.meta.dirname, 'stock'), { fromPeers: true, files })
  const browser = await launch()
  try {
    const rounds: { readonly ours: Round; readonly stock: Round }[] = []
    for (let run = 0; run < runs; run += 1) {
      const round = {
        ours: await measureRound(browser, ours.url, content),
        stock: await measureRound(browser, stock.url, content),
      }
      rounds.push(round)
      say(`${run + 1}: ours ${wordsOf(round.ours)}, stock ${wordsOf(round.stock)}`)
    }
    const row = (what: string, of: keyof Round, limit: number | null) => ({
      what,
      unit: 'ms' as const,
      ours: rounds.map((round) => round.ours[of]),
      peer: { name: stockName, values: rounds.map((round) => round.stock[of]) },
      limit,
    })
    return {
      measures: [
        row(`keystroke on ${content.words} words, to its rendered frame, p50`, 'key', 0.35),
        row('the same, all work of the main thread per key', 'keyBusy', null),
        row(`remote update on ${content.words} words, p50`, 'remote', 0.1),
        row('the same, to its rendered frame', 'remoteToFrame', null),
      ],
      notes: [
        `The page: ${content.words} words in ${content.blocks} top-level blocks, columns of 628 px, window 1366x768.`,
        `${keys} keys, each ${keyPauseMs} ms after the frame of the one before, and ${remoteUpdates} remote updates in each fresh load; a run's value is their median.`,
        'A keystroke: keydown in the page until style, layout and paint of the frame with the letter; frames do not wait for 60 Hz.',
      ],
    }
  } finally {
    await browser.close()
    await ours.close()
    await stock.close()
  }
}

function wordsOf(round: Round): string {
  return `key ${round.key.toFixed(1)} (busy ${round.keyBusy.toFixed(1)}), remote ${round.remote.toFixed(1)} (frame ${round.remoteToFrame.toFixed(1)}) ms`
}

function launch(): Promise<Browser> {
  const executablePath = findChromium()
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [...chromiumFlags(), ...unpaced],
  })
}

async function measureRound(browser: Browser, url: string, content: Handbook): Promise<Round> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(120_000)
    await page.goto(url)
    await page.waitForFunction(
      (blocks) => document.querySelector('.ProseMirror')?.childElementCount === blocks,
      content.blocks,
    )
    await clickInto(page, content.middle)
    await page.evaluate(listenToKeys)
    await type(page, warmUpKeys)
    const session = await context.newCDPSession(page)
    await session.send('Performance.enable')
    const busyBefore = await busyMs(session)
    await type(page, keys)
    const keyBusy = ((await busyMs(session)) - busyBefore) / keys
    const times = await page.evaluate(takeKeyTimes)
    const remote = await page.evaluate(receiveRemote, { place: content.elsewhere, count: remoteUpdates })
    return {
      key: medianOf(times.slice(warmUpKeys)),
      keyBusy,
      remote: medianOf(remote.map(({ applied }) => applied)),
      remoteToFrame: medianOf(remote.map(({ rendered }) => rendered)),
    }
  } finally {
    await context.close()
  }
}

/** Puts the caret where a person would: by a click in the paragraph. */
async function clickInto(page: Page, block: number): Promise<void> {
  // What is scrolled to is laid out as it comes in sight, so it may move once.
  for (let time = 0; time < 3; time += 1) {
    await page.evaluate(placeOf, block)
    await page.waitForTimeout(300)
  }
  const { x, y } = await page.evaluate(placeOf, block)
  await page.mouse.click(x, y)
  await page.waitForTimeout(1000)
}

/** One key after another; each waits for the frame of the one before. */
async function type(page: Page, count: number): Promise<void> {
  for (let key = 0; key < count; key += 1) {
    const seen = await page.evaluate(countKeyTimes)
    await page.keyboard.press(letters[key % letters.length] ?? 'e')
    await page.waitForFunction(isKeyTimed, seen, { polling: 20 })
    await page.waitForTimeout(keyPauseMs)
  }
}

async function busyMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000
}

await runAlone(import.meta, benchEditor)
