// Oneself: face, name, password and devices, as colleagues and one's other devices see them.
import { expect, test, type Page } from '../support/test.ts'
import { join } from 'node:path'
import { axeViolations } from '../support/axe.ts'
import { colleaguesOf, connection, openByTitle, openPerson } from '../support/people.ts'
import { openTestServer } from '../support/start-server.ts'

const photo = join(import.meta.dirname, '../../docs/screens/page-light-1440x900.png')

async function openSettings(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
}

test('a drawn face, a photograph and a new name are what colleagues see', async ({ browser }) => {
  test.setTimeout(120_000)
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, noor, api, space } = await colleaguesOf(server)
  await api.createPage(space.id, { title: 'Faces', markdown: 'Begin here.' })
  const [{ page: one }, { page: other }] = [
    await openPerson(browser, server.url, joris),
    await openPerson(browser, server.url, noor),
  ]
  await openByTitle(one, 'Faces')
  await openSettings(other)
  await other.getByRole('button', { name: 'Choose a face' }).click()
  const dialog = other.getByRole('dialog', { name: 'Your face' })
  await dialog.getByText('Drawn', { exact: true }).click()
  await dialog.getByRole('radio', { name: 'Hair 12' }).check({ force: true })
  expect(await axeViolations(other)).toEqual([])
  await dialog.getByRole('button', { name: 'Use this face' }).click()
  await expect(dialog).toHaveCount(0)
  await openByTitle(other, 'Faces')
  const noorsFace = one.getByRole('main').getByRole('img', { name: 'Noor de Wit' }).locator('img').first()
  await expect(noorsFace).toBeVisible()
  const drawn = await noorsFace.getAttribute('src')

  await openSettings(other)
  await other.getByRole('button', { name: 'Choose a face' }).click()
  const chooser = other.waitForEvent('filechooser')
  await dialog.getByRole('button', { name: 'Choose a photo' }).click()
  await (await chooser).setFiles(photo)
  await expect(dialog.getByRole('button', { name: 'Use this face' })).toBeEnabled()
  await dialog.getByRole('button', { name: 'Use this face' }).click()
  await expect(dialog).toHaveCount(0)
  await other.getByLabel('Your name').fill('Noor van Wit')
  await other.getByRole('button', { name: 'Save name' }).click()
  await expect(other.getByRole('navigation', { name: 'Sidebar' }).getByText('Noor van Wit')).toBeVisible()
  await openByTitle(other, 'Faces')
  const renamed = one.getByRole('main').getByRole('img', { name: 'Noor van Wit' }).locator('img').first()
  await expect(renamed).toBeVisible()
  await expect(renamed).not.toHaveAttribute('src', drawn ?? '')
})

test('a file that is no photograph is refused in words, and offline nothing is changed', async ({ browser }) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris } = await colleaguesOf(server)
  const { page, context } = await openPerson(browser, server.url, joris)
  await openSettings(page)
  await page.getByRole('button', { name: 'Choose a face' }).click()
  const dialog = page.getByRole('dialog', { name: 'Your face' })
  const chooser = page.waitForEvent('filechooser')
  await dialog.getByRole('button', { name: 'Choose a photo' }).click()
  await (await chooser).setFiles({ name: 'face.png', mimeType: 'image/png', buffer: Buffer.from('no picture at all') })
  await expect(dialog.getByRole('alert')).toContainText('cannot be read as a photo')
  await page.keyboard.press('Escape')
  await context.setOffline(true)
  await expect(connection(page)).toContainText('Offline')
  await page.getByLabel('Your name').fill('Somebody else')
  await page.getByRole('button', { name: 'Save name' }).click()
  await expect(page.getByText('Nothing was changed.').first()).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Sidebar' }).getByText('Joris van Dam')).toBeVisible()
})

test('a device is signed out from another one, and a new password needs the old', async ({ browser }) => {
  test.setTimeout(120_000)
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris } = await colleaguesOf(server)
  const [{ page }, { page: lost }] = [
    await openPerson(browser, server.url, joris),
    await openPerson(browser, server.url, joris),
  ]
  await openSettings(page)
  await page.getByRole('button', { name: /^Sign out on / }).click()
  await expect(page.getByRole('button', { name: /^Sign out on / })).toHaveCount(0)
  await expect(lost.getByRole('link', { name: 'Sign in again' })).toBeVisible({ timeout: 30_000 })

  await page.getByRole('button', { name: 'Change password' }).click()
  const dialog = page.getByRole('dialog', { name: 'Password' })
  await dialog.getByLabel('Current password', { exact: true }).fill('not this one')
  await dialog.getByLabel('New password', { exact: true }).fill('seven orange bicycles')
  await dialog.getByRole('button', { name: 'Change password' }).click()
  await expect(dialog.getByRole('alert')).toContainText('The current password is not right')
  await dialog.getByLabel('Current password', { exact: true }).fill(joris.password)
  await dialog.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Changed. Your other devices are signed out.')).toBeVisible()
  await expect(connection(page)).toHaveText('Connected')
  await openPerson(browser, server.url, { ...joris, password: 'seven orange bicycles' })
})

test('density and colours are remembered', async ({ browser }) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris } = await colleaguesOf(server)
  const { page } = await openPerson(browser, server.url, joris)
  await openSettings(page)
  await page.getByRole('radiogroup', { name: 'Density' }).getByText('Compact').click()
  await page.getByRole('radiogroup', { name: 'Colours' }).getByText('Dark').click()
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-density', 'compact')
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
})
