// One person with two windows: one of them leads and holds the one socket, both show the same letters.
import { expect, test } from '../support/test.ts'
import {
  body,
  colleaguesOf,
  connection,
  openByTitle,
  openPerson,
  receipt,
  signIn,
  typeAfter,
  waitingNotice,
} from '../support/people.ts'
import { openTestServer, type TestServer } from '../support/start-server.ts'

/** Open sockets of devices, as the server itself counts them. */
async function sessionsAt(server: TestServer): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text()
  return Number(/^plein_sessions (\d+)$/m.exec(text)?.[1] ?? Number.NaN)
}

test('two windows share one socket, and when the leading one is closed the other takes over', async ({
  browser,
  context,
}) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, noor, api, space } = await colleaguesOf(server)
  const created = await api.createPage(space.id, { title: 'Windows', markdown: 'Begin here.' })
  const leader = await context.newPage()
  await signIn(leader, server.url, joris)
  const second = await context.newPage()
  await second.goto(server.url)
  await expect(connection(second)).toHaveText('Connected')
  for (const page of [leader, second]) await openByTitle(page, 'Windows')
  expect(await sessionsAt(server)).toBe(1)

  await typeAfter(leader, 'Begin', ' One.')
  await expect(body(second)).toContainText('Begin here. One.')
  await typeAfter(second, 'Begin', ' Two.')
  await expect(body(leader)).toContainText('One. Two.')
  for (const page of [leader, second]) await expect(receipt(page)).toHaveAccessibleName(/On the server/)

  await leader.close()
  const colleague = await openPerson(browser, server.url, noor)
  await openByTitle(colleague.page, 'Windows')
  await typeAfter(second, 'Begin', ' Three.')
  await expect(body(colleague.page)).toContainText('One. Two. Three.')
  await expect(receipt(second)).toHaveAccessibleName(/On the server/)
  await typeAfter(colleague.page, 'Begin', ' Four.')
  await expect(body(second)).toContainText('Three. Four.')
  expect(await sessionsAt(server)).toBe(2)
  expect(await api.markdown(created.id)).toContain('One. Two. Three.')
  await colleague.context.close()
})

test('two windows see each other’s letters while the server is stopped, and both go up when it is back', async ({
  context,
}) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, api, space } = await colleaguesOf(server)
  const created = await api.createPage(space.id, { title: 'Windows', markdown: 'Begin here.' })
  const first = await context.newPage()
  await signIn(first, server.url, joris)
  await openByTitle(first, 'Windows')
  const second = await context.newPage()
  await second.goto(server.url)
  await openByTitle(second, 'Windows')
  await server.stop()
  for (const page of [first, second]) await expect(connection(page)).toContainText('Offline')

  await typeAfter(first, 'Begin', ' One.')
  await expect(body(second)).toContainText('Begin here. One.')
  await typeAfter(second, 'Begin', ' Two.')
  await expect(body(first)).toContainText('One. Two.')
  for (const page of [first, second]) {
    await expect(receipt(page)).toHaveAccessibleName(/Offline · \d+ waiting/)
    await expect(waitingNotice(page)).toBeVisible()
  }

  await server.start()
  for (const page of [first, second]) {
    await expect(receipt(page)).toHaveAccessibleName(/On the server/, { timeout: 30_000 })
    await expect(waitingNotice(page)).toHaveCount(0)
  }
  expect(await api.markdown(created.id)).toContain('Begin here. One. Two.')
})
