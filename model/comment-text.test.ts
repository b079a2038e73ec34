import { describe, expect, it } from 'vitest'
import { cleanCommentText, commentMaxLength, mentionedIn, parseCommentText, plainText } from './comment-text.ts'
import { mintId, type PersonId } from './ids.ts'

const sem = { person: mintId<PersonId>((bytes) => bytes.fill(7)), name: 'Sem Jansen' }

describe('the text of a comment', () => {
  it('is runs of text and mentions and nothing else', () => {
    expect(parseCommentText(['Dag ', sem])).toEqual(['Dag ', sem])
    for (const bad of [[], 'Dag', [{ ...sem, html: '' }], [7], [{ person: 'x', name: 'y' }], [null]])
      expect(parseCommentText(bad)).toBeUndefined()
  })

  it('has a bound that counts all its runs together', () => {
    const half = 'x'.repeat(commentMaxLength / 2)
    expect(parseCommentText([half, half])).toBeDefined()
    expect(parseCommentText([half, half, 'x'])).toBeUndefined()
  })

  it('is stored without what nobody sees, and with its line breaks', () => {
    expect(cleanCommentText(['  Dag\u0007 ', '', 'jij\r\nook', sem, ' \n '])).toEqual(['Dag  jij\nook', sem])
    expect(cleanCommentText(['  ', ' '])).toEqual([])
  })

  it('reads as plain words, and says who is mentioned once', () => {
    expect(plainText(['Vraag het ', sem, '.'])).toBe('Vraag het @Sem Jansen.')
    expect(mentionedIn([sem, ' en ', sem])).toEqual([sem.person])
  })
})
