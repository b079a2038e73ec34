import { expect, it } from 'vitest'
import { fileKindOf, previewOf } from './file-kinds.ts'

it.each([
  ['image/svg+xml', 'image'],
  ['application/pdf', 'pdf'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'office'],
  ['application/zip', 'archive'],
  ['application/octet-stream', 'other'],
  ['', 'other'],
])('%j is of kind %s', (type, kind) => {
  expect(fileKindOf(type)).toBe(kind)
})

it.each(['text/html', 'application/xml', 'application/pdf', 'text/css', ''])('%j is never shown in place', (type) => {
  expect(previewOf(type)).toBeNull()
})
