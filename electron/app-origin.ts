/** The one origin of the desktop app. IndexedDB belongs to it: changing it would put everybody's unsynced work out of sight for ever. */
export const appScheme = 'app'
export const appHost = 'plein'
export const appOrigin = `${appScheme}://${appHost}`

/** Whether an address is a page of the app itself. Compared as text: what `URL` says of a custom scheme differs between Node and Chromium. */
export function isAppAddress(address: string): boolean {
  return address === appOrigin || /^app:\/\/plein[/?#]/.test(address)
}
