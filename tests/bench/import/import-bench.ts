import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { chromium, type Page } from 'playwright'
import { chromiumFlags, findChromium } from '../../../build/chromium.ts'
import { crc32 } from '../../../model/zip/crc32.ts'
import { makeZip, type MadeEntry } from '../../support/make-zip.ts'
import { accountOf, colleaguesOf, openPerson } from '../../support/people.ts'
import { openTestServer } from '../../support/start-server.ts'
import { measuresOf, type Bench } from '../measure.ts'

const pages = 1000
const limitMs = 60_000
const longestTaskMs = 50
/** Ten times the limit: a run that takes longer is a fault, no measurement. */
const patienceMs = 600_000

/** One import, as the window of whoever does it sees it; times in milliseconds. */
interface Round {
  readonly preview: number
  readonly whole: number
  readonly longestTask: number
}

/**
 * A thousand Markdown files with an image each come in through the app, in Chromium, with the server running: from choosing the zip
 * until the pages are in. The window is on the import's own screen, with the space's tree beside it.
 */
export const benchImport: Bench = async ({ runs, say }) => {
  const bytes = makeZip(folder())
  say(`Importing ${pages} Markdown files with as many images, ${(bytes.length / 1024 / 1024).toFixed(1)} MiB`)
  const dir = await mkdtemp(join(tmpdir(), 'plein-bench-import-'))
  // A file on the disk, as people choose it: bytes handed over by the driver would be decoded in the window.
  const zip = join(dir, 'handboek.zip')
  await writeFile(zip, bytes)
  const executablePath = findChromium()
  const browser = await chromium.launch({
    args: chromiumFlags(),
    ...(executablePath === undefined ? {} : { executablePath }),
  })
  try {
    const rounds: Round[] = []
    for (let run = 0; run < runs; run += 1) {
      await using server = await openTestServer({ args: ['--demo'] })
      const { space } = await colleaguesOf(server)
      const { page, context } = await openPerson(browser, server.url, accountOf(server, 'member'))
      rounds.push(await measure(page, `${server.url}/#/space/${space.id}/import`, zip))
      await context.close()
      say(`${run + 1}: ${JSON.stringify(rounds.at(-1))}`)
    }
    const row = measuresOf(rounds)
    return {
      measures: [
        row(`import of ${pages} Markdown files with images, from choosing to the last page`, 'whole', limitMs),
        row('of which until the preview', 'preview', null),
        row('longest task of the window meanwhile', 'longestTask', longestTaskMs),
      ],
      notes: [
        `The import: ${pages} files of about 4 KB with a table, links and an image of 20 KB each, as a zip; the server runs on the same machine.`,
        'Browsers name tasks of 50 ms and more: 0 means that there was none.',
      ],
    }
  } finally {
    await browser.close()
    await rm(dir, { recursive: true, force: true })
  }
}

async function measure(page: Page, address: string, zip: string): Promise<Round> {
  await page.goto(address)
  const field = page.locator('input[type=file][accept*=zip]')
  await field.waitFor({ state: 'attached' })
  await page.evaluate(() => {
    const tasks: number[] = []
    Reflect.set(window, 'longTasks', tasks)
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration)
    }).observe({ type: 'longtask' })
  })
  const start = performance.now()
  await field.setInputFiles(zip)
  const begin = page.getByRole('button', { name: 'Import', exact: true })
  await begin.waitFor({ timeout: patienceMs })
  const preview = performance.now() - start
  await begin.click()
  await page.getByRole('heading', { name: /pages are in$/ }).waitFor({ timeout: patienceMs })
  const whole = performance.now() - start
  const tasks = await page.evaluate(() => Reflect.get(window, 'longTasks') as number[])
  return { preview, whole, longestTask: Math.max(0, ...tasks) }
}

/** Ten folders of a hundred pages, each with links to its neighbours. */
function folder(): readonly MadeEntry[] {
  return Array.from({ length: pages }, (_, number) => [
    { name: `Handboek/deel ${number % 10}/${number}.md`, content: textOf(number) },
    { name: `Handboek/deel ${number % 10}/beeld/${number}.png`, content: noisyPng(number), method: 0 },
  ]).flat()
}

function textOf(number: number): string {
  const sentence = `Van november tot april kijkt de coördinator elke dag naar **weg ${number}** en [de volgende](${number + 10}.md). `
  const rows = Array.from({ length: 8 }, (_, row) => `| ${row} | ploeg ${row * number} | 0${row}.15 |`)
  return `---\ntitle: Blad ${number}\ntags: [winter]\n---\n\n${sentence.repeat(20)}\n\n![Kaart](beeld/${number}.png)\n\n## Ploegen\n\n| nr | ploeg | klaar |\n| - | - | - |\n${rows.join('\n')}\n\n${`- taak met \`code\`\n`.repeat(20)}`
}

/** A picture that does not shrink, and is like no other. */
function noisyPng(seed: number): Uint8Array {
  const size = 80
  const rows = Buffer.alloc(size * (1 + size * 3))
  let value = seed + 1
  for (let at = 0; at < rows.length; at += 1) {
    value = (Math.imul(value, 1_103_515_245) + 12_345) >>> 0
    rows[at] = at % (1 + size * 3) === 0 ? 0 : value >>> 16
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 0 })), chunk('IEND', Buffer.alloc(0))]
  return new Uint8Array(Buffer.concat([signature, ...parts]))
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const part = Buffer.alloc(8 + body.length)
  part.writeUInt32BE(data.length, 0)
  part.set(body, 4)
  part.writeUInt32BE(crc32(body), 4 + body.length)
  return part
}
