import { describe, expect, it } from 'vitest'
import { mintId, type PersonId } from '../../../model/ids.ts'
import { composeText, findPeople, mentionQuery, takeMention, writtenOf } from './compose-text.ts'

const person = (n: number, name: string) => ({ person: mintId<PersonId>((bytes) => bytes.fill(n)), name })
const sem = person(1, 'Sem')
const semJansen = person(2, 'Sem Jansen')

describe('writing a comment', () => {
  it('turns the names of those who were chosen into mentions, the longer one first', () => {
    const mentions = [sem, semJansen]
    expect(composeText({ text: 'Dag @Sem Jansen en @Sem!', mentions })).toEqual(['Dag ', semJansen, ' en ', sem, '!'])
    expect(composeText({ text: 'Dag @Sem Jansen', mentions: [] })).toEqual(['Dag @Sem Jansen'])
  })

  it('gives back what it was made of', () => {
    const text = ['Vraag het ', semJansen, '.']
    expect(composeText(writtenOf(text))).toEqual(text)
  })

  it('asks for people after an @ at the beginning of a word, and nowhere else', () => {
    expect(mentionQuery('Dag @se', 7)).toEqual({ at: 4, query: 'se' })
    expect(mentionQuery('@', 1)).toEqual({ at: 0, query: '' })
    expect(mentionQuery('@Sem Ja', 7)).toEqual({ at: 0, query: 'Sem Ja' })
    expect(mentionQuery('sem@haven', 9)).toBeNull()
    expect(mentionQuery('Dag Sem', 7)).toBeNull()
  })

  it('puts the chosen one where the @ stood, and the caret after it', () => {
    const { written, caret } = takeMention({ text: 'Dag @se hoi', mentions: [] }, { at: 4, query: 'se' }, semJansen)
    expect(written).toEqual({ text: 'Dag @Sem Jansen hoi', mentions: [semJansen] })
    expect(caret).toBe(16)
  })

  it('finds people by any word of their name, whatever its accents', () => {
    const people = [{ name: 'Aylin Yıldız' }, { name: 'Zoë de Boer' }, { name: 'Boris Zoet' }]
    expect(findPeople(people, 'zoe', 5)).toEqual([people[1], people[2]])
    expect(findPeople(people, 'de b', 5)).toEqual([])
    expect(findPeople(people, '', 2)).toHaveLength(2)
  })
})
