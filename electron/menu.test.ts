import { expect, test } from 'vitest'
import { menuTemplate } from './menu.ts'

test('the menu speaks Dutch to the Dutch and English to all others', () => {
  const labels = (locale: string) => menuTemplate({ locale, isMac: false }).map(({ label }) => label)
  expect(labels('nl-BE')).toEqual(['Plein', 'Bewerken', 'Beeld', 'Venster'])
  expect(labels('de')).toEqual(['Plein', 'Edit', 'View', 'Window'])
})

test('copying works on macOS, where it goes through the menu', () => {
  const roles = menuTemplate({ locale: 'en', isMac: true }).flatMap(({ role, submenu }) => [
    role,
    ...(Array.isArray(submenu) ? submenu.map((line) => line.role) : []),
  ])
  expect(roles).toEqual(expect.arrayContaining(['appMenu', 'cut', 'copy', 'paste', 'selectAll']))
})
