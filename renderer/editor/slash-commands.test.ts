import { expect, test } from 'vitest'
import { editorTextsEn, editorTextsNl, slashBlocks } from './editor-texts.ts'
import { findBlocks } from './slash-commands.ts'

const all = { image: true, file: true }

test('an empty query offers everything, images only where they can be kept', () => {
  expect(findBlocks('', editorTextsNl, all)).toEqual(slashBlocks)
  expect(findBlocks('', editorTextsNl, { image: false, file: true })).not.toContain('image')
})

test('blocks are found by title first, by other words next, without regard to case and accents', () => {
  expect(findBlocks('TAK', editorTextsNl, all)).toEqual(['taskList'])
  expect(findBlocks('tábel', editorTextsNl, all)).toEqual(['table'])
  expect(findBlocks('todo', editorTextsEn, all)).toEqual(['taskList'])
  expect(findBlocks('lijst', editorTextsNl, all)[0]).toBe('bulletList')
  expect(findBlocks('qqq', editorTextsNl, all)).toEqual([])
})
