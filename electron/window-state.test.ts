import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseWindowState, placeWindow } from './window-state.ts'

const laptop = { x: 0, y: 0, width: 1440, height: 900 }
const monitor = { x: 1440, y: -200, width: 1920, height: 1080 }

test('the first window is centred on the main screen', () => {
  expect(placeWindow(undefined, [laptop, monitor])).toEqual({
    bounds: { x: 80, y: 40, width: 1280, height: 820 },
    maximized: false,
  })
})

test('a window on a second screen comes back there', () => {
  const stored = { bounds: { x: 1600, y: -100, width: 900, height: 700 }, maximized: true }
  expect(placeWindow(stored, [laptop, monitor])).toEqual(stored)
})

test('a window whose screen is gone comes to the main screen with its size', () => {
  const stored = { bounds: { x: 1600, y: -100, width: 900, height: 700 }, maximized: false }
  expect(placeWindow(stored, [laptop]).bounds).toEqual({ x: 270, y: 100, width: 900, height: 700 })
})

test('a window larger than the screen is cut to it', () => {
  const stored = { bounds: { x: 0, y: 0, width: 5000, height: 5000 }, maximized: false }
  expect(placeWindow(stored, [laptop]).bounds).toEqual(laptop)
})

test.each([
  '',
  'null',
  '{',
  '[]',
  '{"bounds":{}}',
  '{"bounds":{"x":1,"y":2,"width":"3","height":4}}',
  '{"bounds":{"x":1e9,"y":0,"width":1,"height":1}}',
])('the damaged file %j is no state', (text) => {
  expect(parseWindowState(text)).toBeUndefined()
})

test('what was stored is read back', () => {
  const state = { bounds: { x: -10, y: 2, width: 800, height: 600 }, maximized: true }
  expect(parseWindowState(JSON.stringify(state))).toEqual(state)
})

test('whatever was stored, the window can be seen and its title bar grasped', () => {
  const pixel = fc.integer({ min: -90_000, max: 90_000 })
  fc.assert(
    fc.property(
      pixel,
      pixel,
      pixel,
      pixel,
      fc.constantFrom([laptop], [laptop, monitor], [monitor]),
      (x, y, width, height, screens) => {
        const { bounds } = placeWindow({ bounds: { x, y, width, height }, maximized: false }, screens)
        const seen = screens.some(
          (screen) =>
            Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x) >= 100 &&
            bounds.y >= screen.y &&
            bounds.y <= screen.y + screen.height - 100,
        )
        expect(seen).toBe(true)
        expect(bounds.width).toBeGreaterThanOrEqual(480)
      },
    ),
  )
})
