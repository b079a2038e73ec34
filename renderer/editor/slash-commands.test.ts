import { expect, test } from 'vitest'
import { editorTextsEn, editorTextsNl, slashBlocks } from './editor-texts.ts'
import { findBlocks } from './slash-commands.ts'

test('an empty query offers everything, images only where they can be kept', () => {
  expect(findBlocks('', editorTextsNl, true)).toEqual(slashBlocks)
  expect(findBlocks('', editorTextsNl, false)).not.toContain('image')
})

test('blocks are found by title first, by other words next, without regard to case and accents', () => {
  expect(findBlocks('TAK', editorTextsNl, true)).toEqual(['taskList'])
  expect(findBlocks('tábel', editorTextsNl, true)).toEqual(['table'])
  expect(findBlocks('todo', editorTextsEn, true)).toEqual(['taskList'])
  expect(findBlocks('lijst', editorTextsNl, true)[0]).toBe('bulletList')
  expect(findBlocks('qqq', editorTextsNl, true)).toEqual([])
})
