import { expect } from 'vitest'
import type { DocumentId, SpaceId } from '../../model/ids.ts'
import { Writer } from '../contract/fake-device.ts'
import type { WireDevice } from './wire-device.ts'

const mebibyte = 1024 * 1024

/** A page of the device's person that is as large as asked for, in pieces of a mebibyte. */
export async function largePage(
  device: WireDevice,
  spaceId: SpaceId,
  { mebibytes, clientId }: { readonly mebibytes: number; readonly clientId: number },
): Promise<DocumentId> {
  const page = await device.register(spaceId, 'page', 'wiki')
  const writer = new Writer(clientId)
  for (let i = 0; i < mebibytes; i += 1)
    expect(await device.push(page, writer.write(String(i % 10).repeat(mebibyte)))).toBe('acknowledged')
  return page
}
