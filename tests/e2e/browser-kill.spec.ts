// kill -9 of the whole browser, 250 ms after the last keystroke: every character is there afterwards.
import { rm } from 'node:fs/promises'
import { expect, test } from '../support/test.ts'
import { colleaguesOf, connection, signIn } from '../support/people.ts'
import { openTestServer } from '../support/start-server.ts'
import {
  killAfter,
  makeProfile,
  openLife,
  openPersonalPage,
  openServerPage,
  runKillRounds,
} from '../kill/browser-kill.ts'

// Six browsers are started one after another: some twenty seconds on a quiet machine.
test.setTimeout(240_000)

test('0 characters are lost in 5 rounds of killing the browser in a personal space', async () => {
  await using server = await openTestServer()
  const folder = await makeProfile()
  try {
    await runKillRounds(folder, 5, (page) => openPersonalPage(page, server.url, 'Killed'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('0 characters are lost in 5 rounds of killing the browser in a space of the server, which gets them all', async () => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, api, space } = await colleaguesOf(server)
  const created = await api.createPage(space.id, { title: 'Killed', markdown: 'Begin.' })
  const folder = await makeProfile()
  try {
    const typed = await runKillRounds(folder, 5, (page) =>
      openServerPage(page, { url: server.url, account: joris, title: 'Killed' }),
    )
    await expect.poll(() => api.markdown(created.id)).toContain(typed)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('whoever signed in is still signed in when the browser was killed at that moment', async () => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris } = await colleaguesOf(server)
  const folder = await makeProfile()
  try {
    await killAfter(folder, (page) => signIn(page, server.url, joris))
    await using life = await openLife(folder)
    await life.page.goto(server.url)
    await expect(connection(life.page)).toHaveText('Connected')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
