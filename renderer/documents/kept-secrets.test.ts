import { expect, test } from 'vitest'
import type { OrganisationId } from '../../model/ids.ts'
import type { Capabilities, Secrets } from '../platform/platform.ts'
import { StorageFailed } from '../storage/laptop-storage.ts'
import { keptSecrets } from './kept-secrets.ts'

const id = 'aaaaaaaaaaaaaaaaaaaaaaaaaa' as OrganisationId

function memorySecrets(): Secrets & { readonly held: Map<string, string> } {
  const held = new Map<string, string>()
  return {
    held,
    get: (of) => Promise.resolve(held.get(of) ?? null),
    set: (of, secret) => {
      held.set(of, secret)
      return Promise.resolve('memory')
    },
    delete: (of) => {
      held.delete(of)
      return Promise.resolve()
    },
  }
}

function memorySettings() {
  const rows = new Map<string, unknown>()
  return {
    rows,
    setting: (name: string) => Promise.resolve(rows.get(name)),
    putSetting: (name: string, value: unknown) => {
      rows.set(name, value)
      return Promise.resolve()
    },
  }
}

const capabilities = (secretKeeping: Capabilities['secretKeeping']): Capabilities => ({
  secretKeeping,
  deepLinks: false,
  ownServer: true,
  pageServerUrl: null,
  severalOrganisations: false,
  needsServiceWorker: true,
  hostVersion: null,
})

test('in a browser a token is committed to the laptop’s storage, and localStorage keeps no second one', async () => {
  const secrets = memorySecrets()
  const laptop = memorySettings()
  const kept = keptSecrets({ capabilities: capabilities('browser'), secrets }, laptop)
  await secrets.set(id, 'older')
  expect(await kept.get(id)).toBe('older')
  expect(await kept.set(id, 'newer')).toBe('browser')
  expect(secrets.held.size).toBe(0)
  expect(await keptSecrets({ capabilities: capabilities('browser'), secrets }, laptop).get(id)).toBe('newer')
})

test('whoever signs out leaves no token in either place', async () => {
  const secrets = memorySecrets()
  const laptop = memorySettings()
  const kept = keptSecrets({ capabilities: capabilities('browser'), secrets }, laptop)
  await kept.set(id, 'token')
  await secrets.set(id, 'older')
  await kept.delete(id)
  expect(await kept.get(id)).toBeNull()
  expect([...laptop.rows.values(), ...secrets.held.values()]).toEqual([null])
})

test('where the disk refuses, the browser keeps the token as well as it can and says how', async () => {
  const full = () => Promise.reject(new StorageFailed('full'))
  const secrets = memorySecrets()
  const kept = keptSecrets({ capabilities: capabilities('browser'), secrets }, { setting: full, putSetting: full })
  expect(await kept.set(id, 'token')).toBe('memory')
  expect(await kept.get(id)).toBe('token')
})

test('the desktop’s key store is left as it is', async () => {
  const secrets = memorySecrets()
  expect(keptSecrets({ capabilities: capabilities('encrypted'), secrets }, memorySettings())).toBe(secrets)
})
