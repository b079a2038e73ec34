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

/**
 * An accident to the disk behind `page`: in everything stored of a document one word becomes another of the same length, which
 * reads as well as before. Answers how many records were hit.
 */
export async function damageRecords(page: Page, documentId: string, from: string, to: string): Promise<number> {
  return page.evaluate(
    async ({ id, word, other }) => {
      const database = await new Promise<IDBDatabase>((settle, reject) => {
        const request = indexedDB.open('plein')
        request.addEventListener('success', () => settle(request.result))
        request.addEventListener('error', () =>
          reject(new Error('The database does not open', { cause: request.error })),
        )
      })
      const tables = ['updates', 'checkpoints']
      const transaction = database.transaction(tables, 'readwrite')
      let hits = 0
      for (const table of tables) {
        const cursors = transaction.objectStore(table).openCursor()
        cursors.addEventListener('success', () => {
          const cursor = cursors.result
          if (cursor === null) return
          const row: unknown = cursor.value
          const bytes: unknown = Reflect.get(Object(row), 'bytes')
          if (Reflect.get(Object(row), 'documentId') === id && bytes instanceof Uint8Array) {
            const text = Array.from(bytes, (byte) => String.fromCodePoint(byte)).join('')
            const damaged = text.replaceAll(word, other)
            if (damaged !== text) {
              hits += 1
              for (let at = 0; at < bytes.length; at += 1) bytes[at] = damaged.codePointAt(at) ?? 0
              cursor.update(row)
            }
          }
          cursor.continue()
        })
      }
      await new Promise((settle) => {
        transaction.addEventListener('complete', settle)
      })
      database.close()
      return hits
    },
    { id: documentId, word: from, other: to },
  )
}
