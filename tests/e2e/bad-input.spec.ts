// What goes wrong outside the app is said in a sentence that helps, and costs nobody a word. Taken ports, wrong data folders
// and full disks are in tests/http/process.test.ts.
import { expect, test, type Page } from '../support/test.ts'
import type { InvitationAnswer } from '../../model/api.ts'
import { oldestProtocol, protocolVersion } from '../../model/protocol/version.ts'
import { openFakeServer } from '../support/fake-server.ts'
import { damageRecords, heldOf } from '../support/laptop-records.ts'
import { openHouse } from '../support/house.ts'
import {
  accountOf,
  body,
  connection,
  openApi,
  openByTitle,
  openPerson,
  receipt,
  typeAfter,
  waitingNotice,
} from '../support/people.ts'
import { openTestServer, type TestServer } from '../support/start-server.ts'

const unknownCode = 'a'.repeat(26)

async function inviteTo(server: TestServer): Promise<string> {
  const { token } = await openApi(server.url, accountOf(server, 'administrator'))
  const answer = await fetch(`${server.url}/api/invitations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ role: 'member' }),
  })
  return ((await answer.json()) as InvitationAnswer).link
}

async function paste(page: Page, link: string): Promise<void> {
  await page.getByLabel('Invitation').fill(link)
  await page.getByRole('button', { name: 'Continue' }).click()
}

/** From the invitation to the last button, which is not pressed yet. */
async function fillJoinForm(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link)
  await expect(page.getByText(/Invited by/)).toBeVisible()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('E-mail address').fill(`${name.toLowerCase()}@example.org`)
  await page.getByLabel('Password', { exact: true }).fill('vier groene bomen')
}

test('a wrong invitation says what is wrong with it and what to do', async ({ page }) => {
  await using server = await openTestServer({ args: ['--demo'] })
  await page.goto(server.url)
  await paste(page, 'Dear colleague, please join us')
  await expect(page.getByText('Paste the whole link, with /#/join/ in it.')).toBeVisible()
  await paste(page, `${server.url}/#/join/${unknownCode}`)
  await expect(page.getByText('Copy the whole link again, or ask for a new one.')).toBeVisible()
  // Half of a link was copied.
  const link = await inviteTo(server)
  await paste(page, link.slice(0, -3))
  await expect(page.getByText(/This is not an invitation|Copy the whole link again/)).toBeVisible()
  // And the right one is taken after all that.
  await paste(page, link)
  await expect(page.getByLabel('Your name')).toBeVisible()
})

test('an invitation lets one person in; the second is told so, on the last button and at the door', async ({
  browser,
}) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const link = await inviteTo(server)
  const [one, other] = [await browser.newContext(), await browser.newContext()]
  const [first, second] = [await one.newPage(), await other.newPage()]
  await fillJoinForm(first, link, 'Ada')
  await fillJoinForm(second, link, 'Bo')
  await first.getByRole('button', { name: 'Join', exact: true }).click()
  await first.getByRole('button', { name: 'To the square' }).click()
  await expect(connection(first)).toHaveText('Connected')
  const used = second.getByText('This invitation has been used. If you have an account, sign in.')
  await second.getByRole('button', { name: 'Join', exact: true }).click()
  await expect(used).toBeVisible()
  await expect(second.getByLabel('Your name')).toHaveValue('Bo')
  await second.goto('about:blank')
  await second.goto(link)
  await expect(used).toBeVisible()
})

for (const [title, protocol, oldest, sentence] of [
  ['newer', 99, 99, 'This app is older than the server. Update Plein and try again; your work is kept.'],
  ['older', oldestProtocol - 1, oldestProtocol - 1, 'The server is older than this app. Ask your administrator'],
] as const) {
  test(`at a server of a ${title} protocol nobody is let in half, and the sentence says who must update`, async ({
    page,
  }) => {
    await using server = await openFakeServer({
      name: 'plein',
      status: 'ok',
      version: '99.0.0',
      protocol,
      oldestProtocol: oldest,
      hasOrganisation: true,
    })
    await page.goto(`${server.url}/#/join/${unknownCode}`)
    await expect(page.getByText(sentence)).toBeVisible()
    await page.getByRole('button', { name: 'I already have an account' }).click()
    await page.getByLabel('E-mail address').fill('joris@example.org')
    await page.getByLabel('Password', { exact: true }).fill('vier groene bomen')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText(sentence)).toBeVisible()
    await expect(connection(page)).toHaveCount(0)
  })
}

test('an address where something else is, such as the page of a captive portal, is named as that', async ({ page }) => {
  await using server = await openFakeServer({ protocol: protocolVersion, welcome: 'to our wireless network' })
  await page.goto(`${server.url}/#/join/${unknownCode}`)
  await expect(page.getByText('There is no Plein server at this address.')).toBeVisible()
})

test('a damaged record is never shown: the page is refilled from the server, and unsent words survive', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  await using house = await openHouse()
  const { line, joris, api, space } = house
  const created = await api.createPage(space.id, { title: 'Damaged', markdown: 'These are the right words.' })
  const { page, context } = await openPerson(browser, line.url, joris, { keepsApp: true })
  await expect.poll(() => heldOf(page, [created.id])).toBe(1)
  line.cut()
  await expect(connection(page)).toContainText('Offline')
  await openByTitle(page, 'Damaged')
  await typeAfter(page, 'These are', ' Unsent words.')
  await expect(receipt(page)).toHaveAccessibleName(/Offline · \d+ waiting/)
  await page.getByRole('link', { name: 'Home' }).first().click()
  expect(await damageRecords(page, created.id, 'right', 'wrong')).toBeGreaterThan(0)

  // From here on the page keeps what it ever showed.
  await context.addInitScript(() => {
    new MutationObserver(() => {
      const shown = document.querySelector('body')?.textContent ?? ''
      if (shown.includes('wrong words')) localStorage.setItem('saw-wrong', 'yes')
    }).observe(document, { subtree: true, childList: true, characterData: true })
  })
  await page.reload()
  await expect(waitingNotice(page)).toBeVisible()
  await page.goto(`${line.url}/#/page/${created.id}`)
  await expect(page.getByRole('textbox', { name: /title/i })).toBeVisible()

  line.mend()
  const whole = 'These are the right words. Unsent words.'
  await expect(body(page)).toContainText(whole, { timeout: 30_000 })
  await expect(waitingNotice(page)).toHaveCount(0, { timeout: 30_000 })
  await expect(receipt(page)).toHaveAccessibleName(/On the server/)
  expect((await api.markdown(created.id)).match(/These are the right words\. Unsent words\./g)).toHaveLength(1)
  expect(await page.evaluate(() => localStorage.getItem('saw-wrong'))).toBeNull()
  // What was damaged is kept in sight.
  await page.goto(`${line.url}/#/set-aside`)
  await expect(page.getByText('This piece on the disk was damaged.')).toBeVisible()
})
