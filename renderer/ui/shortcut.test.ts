import { describe, expect, it } from 'vitest'
import { isPressed, isSingleKey, shortcutWords, type PressedKeys, shortcutForReaders } from './shortcut.ts'

function press(key: string, more: Partial<PressedKeys> = {}): PressedKeys {
  return { key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more }
}

describe('a shortcut', () => {
  it('is pressed with exactly its modifiers, in small letters or capitals', () => {
    expect(isPressed('Mod+K', press('k', { ctrlKey: true }), false)).toBe(true)
    expect(isPressed('Mod+Shift+K', press('K', { ctrlKey: true, shiftKey: true }), false)).toBe(true)
    expect(isPressed('Mod+K', press('k', { ctrlKey: true, shiftKey: true }), false)).toBe(false)
    expect(isPressed('Mod+K', press('k', { ctrlKey: true, altKey: true }), false)).toBe(false)
    expect(isPressed('Mod+K', press('k'), false)).toBe(false)
  })

  it('takes Cmd on a Mac, where Alt writes another sign', () => {
    expect(isPressed('Mod+K', press('k', { metaKey: true }), true)).toBe(true)
    expect(isPressed('Mod+K', press('k', { ctrlKey: true }), true)).toBe(false)
    expect(isPressed('Alt+N', press('˜', { code: 'KeyN', altKey: true }), true)).toBe(true)
  })

  it('takes a sign wherever it stands on the keyboard', () => {
    expect(isPressed('?', press('?', { shiftKey: true }), false)).toBe(true)
    expect(isPressed('?', press('?'), false)).toBe(true)
    expect(isPressed('?', press('?', { ctrlKey: true }), false)).toBe(false)
  })

  it('is a single key without Ctrl and Alt', () => {
    expect(['?', 'Shift+N', 'Mod+/', 'Alt+N'].map(isSingleKey)).toEqual([true, true, false, false])
  })

  it('is written as the keyboard has it', () => {
    expect(shortcutWords('Mod+Shift+K', false)).toBe('Ctrl Shift K')
    expect(shortcutWords('Alt+ArrowLeft', false)).toBe('Alt ←')
    expect(shortcutWords('Mod+Shift+K', true)).toBe('⌘ ⇧ K')
  })
})

describe('shortcutForReaders', () => {
  it('names the key that a screen reader knows', () => {
    expect(shortcutForReaders('Mod+Shift+F', false)).toBe('Control+Shift+F')
    expect(shortcutForReaders('Mod+K', true)).toBe('Meta+K')
    expect(shortcutForReaders('Alt+ArrowUp', false)).toBe('Alt+ArrowUp')
  })
})
