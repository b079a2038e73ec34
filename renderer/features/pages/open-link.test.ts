import { describe, expect, it } from 'vitest'
import { linkTarget } from './open-link.ts'

const here = 'https://plein.example/#/page/abc'

describe('linkTarget', () => {
  it('keeps links to this app inside', () => {
    expect(linkTarget('#/page/def', here)).toEqual({ inside: '/page/def' })
    expect(linkTarget('https://plein.example/#/space/x', here)).toEqual({ inside: '/space/x' })
    expect(linkTarget('app://plein/#/page/def', 'app://plein/#/')).toEqual({ inside: '/page/def' })
  })

  it('opens a page of Plein by its stable address', () => {
    const id = 'a'.repeat(26)
    expect(linkTarget(`plein:page/${id}`, here)).toEqual({ inside: `/page/${id}` })
    expect(linkTarget(`plein:page/${id}#~title`, here)).toEqual({ inside: `/page/${id}` })
  })

  it('sends everything else to the system', () => {
    expect(linkTarget('https://elsewhere.example/#/page/def', here)).toEqual({
      outside: 'https://elsewhere.example/#/page/def',
    })
    expect(linkTarget('https://plein.example/docs', here)).toEqual({ outside: 'https://plein.example/docs' })
    expect(linkTarget('mailto:noor@plein.example', here)).toEqual({ outside: 'mailto:noor@plein.example' })
  })
})
