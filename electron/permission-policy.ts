import { isAppAddress } from './app-origin.ts'

// Copying; asking the system not to evict IndexedDB; the sync server on this computer or in the office's network.
const allowedPermissions: ReadonlySet<string> = new Set([
  'clipboard-sanitized-write',
  'persistent-storage',
  'local-network',
  'local-network-access',
  'loopback-network',
])

/** Everything that is not listed is denied, also to the app itself; a frame of another origin gets nothing. */
export function mayHavePermission(permission: string, requestingAddress: string): boolean {
  return allowedPermissions.has(permission) && isAppAddress(requestingAddress)
}
