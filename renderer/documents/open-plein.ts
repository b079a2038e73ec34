import i18next from 'i18next'
import type { Platform } from '../platform/platform.ts'
import { openDexieStorage, type StorageMarker } from '../storage/dexie-storage.ts'
import { openFilePlaces } from '../storage/file-places.ts'
import { makeAccountClient } from './account-client.ts'
import { makeInvitationClient } from './invitation-client.ts'
import { fillSample } from './fill-sample.ts'
import { keptSecrets } from './kept-secrets.ts'
import { makeOrganisationHold } from './organisation-hold.ts'
import type { Plein } from './plein.ts'
import { WindowPlein } from './window-plein.ts'
import { joinChannels, openLink } from './window-link.ts'

const fillRandom = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes)
const appVersion = '0.1.0'

/** Opens this laptop's storage and the organisation that was open last. Rejects with StorageFailed where the storage cannot be opened: `storageTroubleOf` says it for the screen. */
export async function openPlein(platform: Platform): Promise<Plein> {
  const plein = await openOnStorage(platform)
  platform.onQuit(() => plein.flush())
  letGoWhenTold(plein)
  await plein.start()
  return plein
}

async function openOnStorage(platform: Platform): Promise<WindowPlein> {
  const laptop = await openDexieStorage({ fillRandom, marker: localMarker, places: await openFilePlaces() })
  // Asks that the browser never clears this origin by itself; it may answer no, and the marker finds out if it did.
  void navigator.storage.persist()
  return new WindowPlein({
    laptop,
    wasEmptied: laptop.wasEmptied,
    secrets: keptSecrets(platform, laptop),
    accounts: makeAccountClient((input, init) => fetch(input, init)),
    invitations: makeInvitationClient((input, init) => fetch(input, init)),
    makeLink: (record) => openLink(record, { appVersion, fillRandom }),
    join: joinChannels(fillRandom),
    clock: { nowMs: () => Date.now(), schedule: scheduleTimeout },
    fillRandom,
    hold: makeOrganisationHold({
      locks: navigator.locks,
      askOthersToLetGo: (organisationId) => people.postMessage({ organisationId }),
      wait: (ms) =>
        new Promise((resolve) => {
          scheduleTimeout(ms, resolve)
        }),
    }),
    homeServerUrl: async () => {
      const server = await platform.ownServer()
      return server.state === 'ready' ? server.url : null
    },
    deviceName: platform.capabilities.hostVersion ?? deviceNameOf(navigator.userAgent),
    names: () => ({
      personalSpace: i18next.t('names.personalSpace'),
      teamSpace: i18next.t('names.teamSpace'),
      untitled: i18next.t('common.untitled'),
    }),
    fillSample,
    sampleName: 'Gemeente Oeverdam',
  })
}

/** One object for speaking and hearing, so that a window does not hear itself. */
const people = new BroadcastChannel('plein-people')
/**
 * Another window signs another person in to the organisation that is open here: this window writes nothing more, and starts
 * anew, when the other one is done (OrganisationHold).
 */
function letGoWhenTold(plein: WindowPlein): void {
  people.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (Reflect.get(Object(data), 'organisationId') !== plein.organisation?.record.id) return
    plein.organisation?.batch.abandon()
    location.reload()
  }
}

const markerKey = 'plein-storage'

const localMarker: StorageMarker = {
  get: () => localStorage.getItem(markerKey),
  set: (value) => {
    localStorage.setItem(markerKey, value)
  },
}

function scheduleTimeout(ms: number, task: () => void): () => void {
  const timer = setTimeout(task, ms)
  return () => {
    clearTimeout(timer)
  }
}

/** Such as `Chrome on Linux`: what a person recognises in the list of their devices. */
function deviceNameOf(userAgent: string): string {
  const browser = ['Firefox', 'Edg', 'Chrome', 'Safari'].find((name) => userAgent.includes(`${name}/`)) ?? 'Browser'
  const system = ['Windows', 'Mac OS X', 'Android', 'Linux'].find((name) => userAgent.includes(name))
  return system === undefined ? browser : `${browser} · ${system}`
}
