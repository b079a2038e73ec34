import { describe, expect, test } from 'vitest'
import { answerFor, staleCaches } from './app-files.ts'

const origin = 'http://127.0.0.1:4680'
const files = { cacheName: 'plein-app-2', paths: ['/index.html', '/assets/main-1.js'] }

function answerPath(path: string, { isNavigation = false, method = 'GET', from = origin } = {}): string | null {
  return answerFor({ method, isNavigation, url: from + path }, origin, files)?.path ?? null
}

describe('the service worker', () => {
  test('answers every screen of the app, whose addresses stand behind #, with the cached index', () => {
    expect(answerPath('/', { isNavigation: true })).toBe('/index.html')
    expect(answerPath('/?fake=offline#/space/abc', { isNavigation: true })).toBe('/index.html')
  })

  test('answers the files of its own version and no other file', () => {
    expect(answerPath('/assets/main-1.js')).toBe('/assets/main-1.js')
    expect(answerPath('/assets/main-2.js')).toBeNull()
  })

  test.each([
    '/api/spaces',
    '/api',
    '/connect',
    '/ws/page-1',
    '/healthz',
    '/readyz',
    '/metrics',
    '/files/a1',
    '/later',
  ])('never touches %s, not even as a navigation', (path) => {
    expect(answerPath(path)).toBeNull()
    expect(answerPath(path, { isNavigation: true })).toBeNull()
  })

  test('keeps out of writes and of other origins', () => {
    expect(answerPath('/index.html', { method: 'POST' })).toBeNull()
    expect(answerPath('/index.html', { from: 'https://elsewhere.example' })).toBeNull()
  })

  test('removes caches of older versions only', () => {
    expect(staleCaches(['plein-app-1', 'plein-app-2', 'other'], 'plein-app-2')).toEqual(['plein-app-1'])
  })
})
