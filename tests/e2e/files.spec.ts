import { createHash } from 'node:crypto'
import { expect, test, type Page } from '../support/test.ts'
import { apiPaths, type FilesAnswer } from '../../model/api.ts'
import { openHouse, type House } from '../support/house.ts'
import { connection, openPerson } from '../support/people.ts'

let house: House
let server: House['server']
let line: House['line']

test.beforeAll(async () => {
  house = await openHouse()
  ;({ server, line } = house)
})
test.afterAll(() => house[Symbol.asyncDispose]())

const patient = { timeout: 60_000 }

function fileNamed(name: string, bytes: Buffer, mimeType = 'application/octet-stream') {
  return { name, mimeType, buffer: bytes }
}

/** Bytes that look like nothing in particular, the same for the same seed. */
function bytesOf(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length)
  let state = seed
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    bytes[at] = state >>> 24
  }
  return bytes
}

async function openFiles(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/#/space/${house.space.id}/files`)
  await expect(page.getByRole('heading', { level: 1, name: `Files of ${house.space.name}` })).toBeVisible()
}

async function addFile(page: Page, file: ReturnType<typeof fileNamed>): Promise<void> {
  await page.locator('input[type=file]').first().setInputFiles(file, { timeout: 90_000 })
}

function rowOf(page: Page, name: string) {
  return page.getByRole('row').filter({ has: page.getByRole('button', { name, exact: true }) })
}

async function listed(): Promise<FilesAnswer['files']> {
  const headers = { authorization: `Bearer ${house.api.token}` }
  const response = await fetch(`${server.url}${apiPaths.files(house.space.id)}`, { headers })
  return ((await response.json()) as FilesAnswer).files
}

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

test('a file that was added offline is here at once, goes to the server on return, and a colleague opens it', async ({
  browser,
}) => {
  const joris = await openPerson(browser, line.url, house.joris, { keepsApp: true })
  await openFiles(joris.page, line.url)
  line.cut()
  await expect(connection(joris.page)).toHaveText(/^Offline/, patient)
  const note = Buffer.from('Sluis 3 gaat dinsdag open.\n')
  await addFile(joris.page, fileNamed('sluizen.txt', note, 'text/plain'))
  await expect(rowOf(joris.page, 'sluizen.txt')).toContainText('On this laptop, waiting for the server')
  await joris.page.reload()
  await expect(rowOf(joris.page, 'sluizen.txt')).toContainText('waiting for the server', patient)
  line.mend()
  await expect(rowOf(joris.page, 'sluizen.txt')).toContainText('On this laptop and on the server', patient)

  const noor = await openPerson(browser, server.url, house.noor)
  await openFiles(noor.page, server.url)
  await noor.page.getByRole('button', { name: 'sluizen.txt', exact: true }).click(patient)
  await expect(noor.page.getByRole('dialog')).toContainText('Sluis 3 gaat dinsdag open.', patient)
  await joris.context.close()
  await noor.context.close()
})

test('a large upload goes on where it was after the line broke and the window was loaded again', async ({
  browser,
}) => {
  const joris = await openPerson(browser, line.url, house.joris, { keepsApp: true })
  await openFiles(joris.page, line.url)
  const bytes = bytesOf(24_000_000, 7)
  let sent = 0
  // The first part arrives whole; then the line is gone in the middle of the upload.
  await joris.context.route('**/uploads/**', async (route) => {
    if (route.request().method() === 'PATCH') {
      sent += 1
      if (sent === 3) line.cut()
    }
    await route.continue()
  })
  await addFile(joris.page, fileNamed('luchtfoto.bin', bytes))
  await expect.poll(() => sent, patient).toBeGreaterThanOrEqual(3)
  await expect(connection(joris.page)).toHaveText(/^Offline/, patient)
  await joris.page.reload()
  await expect(rowOf(joris.page, 'luchtfoto.bin')).toContainText('waiting for the server', patient)
  const offsets: number[] = []
  await joris.context.route('**/uploads/**', async (route) => {
    const offset = route.request().headers()['upload-offset']
    if (route.request().method() === 'PATCH' && offset !== undefined) offsets.push(Number(offset))
    await route.continue()
  })
  line.mend()
  await expect(rowOf(joris.page, 'luchtfoto.bin')).toContainText('On this laptop and on the server', patient)
  expect(offsets[0]).toBeGreaterThan(0)
  expect((await listed()).find(({ name }) => name === 'luchtfoto.bin')).toMatchObject({
    id: hashOf(bytes),
    sizeBytes: bytes.length,
  })
  await joris.context.close()
})

test('HTML and SVG files run nothing, opened in Plein or by their address', async ({ browser }) => {
  const joris = await openPerson(browser, server.url, house.joris)
  await openFiles(joris.page, server.url)
  const script = '<script>window.parent.hacked = true; document.title = "hacked"</script>'
  const html = Buffer.from(`<!doctype html>${script}`)
  const svg = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>parent.hacked=1</script><rect width="9" height="9"/></svg>`,
  )
  await addFile(joris.page, fileNamed('pagina.html', html, 'image/png'))
  await addFile(joris.page, fileNamed('tekening.svg', svg, 'image/svg+xml'))
  await expect(rowOf(joris.page, 'pagina.html')).toContainText('on the server', patient)
  await expect(rowOf(joris.page, 'tekening.svg')).toContainText('on the server', patient)
  // The kind is what the server read from the content, whatever the browser said of it.
  await expect(rowOf(joris.page, 'pagina.html')).toContainText('Text', patient)
  const download = joris.page.waitForEvent('download')
  await joris.page.getByRole('button', { name: 'pagina.html', exact: true }).click()
  expect((await download).suggestedFilename()).toBe('pagina.html')
  await joris.page.getByRole('button', { name: 'tekening.svg', exact: true }).click()
  await expect(joris.page.getByRole('img', { name: 'tekening.svg' })).toBeVisible(patient)
  expect(await joris.page.evaluate(() => Reflect.get(globalThis, 'hacked'))).toBeUndefined()
  const headers = { authorization: `Bearer ${house.api.token}` }
  const answer = await fetch(`${server.url}${apiPaths.file(house.space.id, hashOf(html))}`, { headers })
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
  expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
  await joris.context.close()
})

test('what a space keeps here is dropped when nothing is to stay, and fetched again when it is opened', async ({
  browser,
}) => {
  const joris = await openPerson(browser, server.url, house.joris)
  await openFiles(joris.page, server.url)
  const bytes = Buffer.from('Een verslag van de wijkschouw.\n')
  await addFile(joris.page, fileNamed('verslag.txt', bytes, 'text/plain'))
  await expect(rowOf(joris.page, 'verslag.txt')).toContainText('On this laptop and on the server', patient)
  await joris.page.goto(`${server.url}/#/keep`)
  const choice = joris.page.getByRole('combobox', { name: `Files of ${house.space.name} on this laptop` })
  await choice.selectOption({ label: 'Nothing beforehand' })
  await openFiles(joris.page, server.url)
  await expect(rowOf(joris.page, 'verslag.txt')).toContainText('On the server, not on this laptop', patient)
  await joris.page.getByRole('button', { name: 'verslag.txt', exact: true }).click()
  await expect(joris.page.getByRole('dialog')).toContainText('Een verslag van de wijkschouw.', patient)
  await joris.context.close()
})
