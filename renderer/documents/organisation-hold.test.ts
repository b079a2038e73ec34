import { expect, test, vi } from 'vitest'
import type { OrganisationId } from '../../model/ids.ts'
import { makeOrganisationHold } from './organisation-hold.ts'

const id = 'organisation-held-by-windows' as OrganisationId

/** Node's own Web Locks stand for the browser's: one name space for all "windows" of this process. */
function windowOf(wait: (ms: number) => Promise<void> = () => new Promise(() => undefined)) {
  const askOthersToLetGo = vi.fn<(asked: OrganisationId) => void>()
  return { hold: makeOrganisationHold({ locks: navigator.locks, askOthersToLetGo, wait }), askOthersToLetGo }
}

test('windows share an organisation, and one has it alone only when the others have let go', async () => {
  const order: string[] = []
  const letGo = [await windowOf().hold.share(id), await windowOf().hold.share(id)]
  const { hold, askOthersToLetGo } = windowOf()
  const alone = hold.alone(id, async () => {
    order.push('alone')
  })
  expect(askOthersToLetGo).toHaveBeenCalledWith(id)
  for (const each of letGo) {
    order.push('let go')
    each()
  }
  await alone
  expect(order).toEqual(['let go', 'let go', 'alone'])
})

test('a window that starts meanwhile waits until the other is done', async () => {
  const order: string[] = []
  const done = Promise.withResolvers<void>()
  const alone = windowOf().hold.alone(id, async () => {
    await done.promise
    order.push('done')
  })
  const shared = windowOf()
    .hold.share(id)
    .then((letGo) => {
      order.push('shared')
      letGo()
    })
  done.resolve()
  await Promise.all([alone, shared])
  expect(order).toEqual(['done', 'shared'])
})

test('a frozen window that never lets go is passed over', async () => {
  await windowOf().hold.share(id)
  const { hold } = windowOf(() => Promise.resolve())
  await expect(hold.alone(id, async () => 'alone')).resolves.toBe('alone')
})

test('what fails while alone is told as it is, and the others go on', async () => {
  const failing = windowOf().hold.alone(id, async () => {
    throw new Error('the disk is full')
  })
  await expect(failing).rejects.toThrow('the disk is full')
  const letGo = await windowOf().hold.share(id)
  letGo()
})
