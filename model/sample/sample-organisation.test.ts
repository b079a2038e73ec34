import { expect, test } from 'vitest'
import { markdownToPage } from '../markdown/markdown-to-page.ts'
import { pageSchema } from '../page-content.ts'
import type { PageNode } from '../page-content.ts'
import { plainText } from '../search-text.ts'
import { sampleOrganisation, samplePages } from './sample-organisation.ts'

test('the sample has four people of four roles, two spaces and twenty pages with different titles', () => {
  expect(sampleOrganisation.people.map(({ role }) => role)).toEqual([
    'administrator',
    'community-manager',
    'member',
    'guest',
  ])
  expect(sampleOrganisation.spaces).toHaveLength(2)
  expect(new Set(samplePages().map(({ title }) => title)).size).toBe(20)
})

test.each(samplePages().map((page) => [page.title, page] as const))('the page %s comes in whole', (title, page) => {
  const { body, title: read, warnings } = markdownToPage(page.markdown, title)
  expect(read).toBe(title)
  expect(warnings).toEqual([])
  expect(() => pageSchema.nodeFromJSON(body).check()).not.toThrow()
  expect(plainText(body).length).toBeGreaterThan(300)
})

test('the sample shows every kind of block that the editor has', () => {
  const types = new Set(samplePages().flatMap(({ markdown }) => typesIn(markdownToPage(markdown).body)))
  for (const type of ['heading', 'bulletList', 'orderedList', 'taskList', 'table', 'blockquote', 'codeBlock']) {
    expect(types).toContain(type)
  }
})

test('nobody outside a space is its member, and every space has an owner', () => {
  const keys = new Set(sampleOrganisation.people.map(({ key }) => key))
  for (const { members } of sampleOrganisation.spaces) {
    expect(members.some(({ role }) => role === 'owner')).toBe(true)
    expect(members.every(({ person }) => keys.has(person))).toBe(true)
  }
})

function typesIn({ type, content = [] }: PageNode): string[] {
  return [type, ...content.flatMap((child) => typesIn(child))]
}
