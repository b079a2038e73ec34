import { expect, test } from 'vitest'
import { markdownToPage } from '../markdown/markdown-to-page.ts'
import { pageSchema } from '../page-content.ts'
import type { PageNode } from '../page-content.ts'
import { plainText } from '../search-text.ts'
import { sampleThreads, sampleVersions } from './gesprekken.ts'
import { sampleOrganisation, samplePages } from './sample-organisation.ts'

test('of each role one person of the sample can be signed in as, and no two pages have one title', () => {
  const ways = sampleOrganisation.people.filter(({ signsIn }) => signsIn).map(({ role }) => role)
  expect(ways).toEqual(['administrator', 'community-manager', 'member', 'guest'])
  expect(new Set(samplePages().map(({ title }) => title)).size).toBe(samplePages().length)
  expect(new Set(sampleOrganisation.people.map(({ email }) => email)).size).toBe(sampleOrganisation.people.length)
})

test('what is said in the sample is about words that stand in one paragraph there, by people who may', () => {
  for (const { page: title, by, quote, replies, reactions } of sampleThreads) {
    const space = sampleOrganisation.spaces.find(({ pages }) => samplePages(pages).some((page) => page.title === title))
    const page = samplePages(space?.pages ?? []).find((each) => each.title === title)
    const { body } = markdownToPage(page?.markdown ?? '')
    if (quote !== null) expect(plainText(body), title).toContain(quote)
    const mayAct = new Set(
      space?.kind === 'organisation'
        ? sampleOrganisation.people.filter(({ role }) => role !== 'guest').map(({ key }) => key)
        : space?.members.filter(({ role }) => role !== 'reader').map(({ person }) => person),
    )
    for (const name of [by, ...replies.map((each) => each.by), ...reactions.map((each) => each.by)])
      expect(mayAct, `${name} in ${title}`).toContain(name)
  }
})

test('an earlier version is kept of pages that have a last section to leave out', () => {
  for (const { page: title } of sampleVersions) {
    expect(samplePages().find((page) => page.title === title)?.markdown).toMatch(/\n## /)
  }
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
