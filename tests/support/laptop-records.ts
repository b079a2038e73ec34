import type { Page } from '@playwright/test'

/** How many of these pages lie whole on the laptop behind `page`: what it can show without a network. */
export async function heldOf(page: Page, ids: readonly string[]): Promise<number> {
  return page.evaluate(
    async (wanted) => {
      const database = await new Promise<IDBDatabase>((settle, reject) => {
        const request = indexedDB.open('plein')
        request.addEventListener('success', () => settle(request.result))
        request.addEventListener('error', () =>
          reject(new Error('The database does not open', { cause: request.error })),
        )
      })
      const request = database.transaction('documents').objectStore('documents').getAll()
      await new Promise((settle) => {
        request.addEventListener('success', settle)
      })
      database.close()
      const rows: unknown[] = request.result
      const held = new Set(
        rows.filter((row) => Reflect.get(Object(row), 'held') === true).map((row) => Reflect.get(Object(row), 'id')),
      )
      return wanted.filter((id) => held.has(id)).length
    },
    [...ids],
  )
}
