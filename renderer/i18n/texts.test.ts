import { describe, expect, it } from 'vitest'
import { en } from './en.ts'
import { nl } from './nl.ts'

type Tree = { readonly [key: string]: string | Tree }

function flatten(tree: Tree, prefix = ''): readonly (readonly [string, string])[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as const] : flatten(value, `${prefix}${key}.`),
  )
}

function holes(text: string): string {
  return [...text.matchAll(/\{\{(\w+)[^}]*\}\}/g)]
    .map((match) => match[1])
    .sort()
    .join()
}

const english = new Map(flatten(en))

describe('the two languages', () => {
  it('fill the same holes in every text', () => {
    for (const [key, text] of flatten(nl))
      expect(`${key} ${holes(english.get(key) ?? '')}`).toBe(`${key} ${holes(text)}`)
  })

  it('have no empty text and no exclamation mark', () => {
    for (const [key, text] of [...flatten(nl), ...flatten(en)]) expect(`${key}: ${text}`).toMatch(/: [^!]+$/)
  })

  it('give every plural both forms', () => {
    const singular = flatten(nl).filter(([key]) => key.endsWith('_one'))
    for (const [key] of singular) expect(english.has(key.replace(/_one$/, '_other'))).toBe(true)
    expect(singular.length).toBeGreaterThan(5)
  })
})
