import { appOrigin } from './app-origin.ts'

/** Who sent an IPC message, as far as the decision needs it. */
export interface Sender {
  /** Origin of the frame; null where the frame has gone. */
  readonly origin: string | null
  readonly isMainFrame: boolean
  /** The message came from a window that this app opened for itself. */
  readonly isOwnWindow: boolean
}

/** Only the main frame of an own window, showing the app: a preload that ended up anywhere else is answered nothing. */
export function isTrustedSender(sender: Sender): boolean {
  return sender.isOwnWindow && sender.isMainFrame && sender.origin === appOrigin
}
