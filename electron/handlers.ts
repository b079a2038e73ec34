import { app, type WebContents } from 'electron'
import type { PageId } from '../model/ids.ts'
import type { ServerAddress } from '../model/ipc.ts'
import type { DeepLinkInbox } from './deep-link-inbox.ts'
import type { FlushHandshake } from './flush-handshake.ts'
import { sendNotice, type Handlers } from './ipc-main.ts'
import type { SecretStore } from './secret-store.ts'
import { openOutside } from './security.ts'

export interface HandlerParts {
  readonly secrets: SecretStore
  readonly links: DeepLinkInbox
  readonly flushing: FlushHandshake
  serverAddress(): Promise<ServerAddress>
}

/** What each request of `model/ipc.ts` does. */
export function makeHandlers(parts: HandlerParts): Handlers {
  const { secrets, links, flushing } = parts
  return {
    'app-info': () => ({
      appVersion: app.getVersion(),
      host: `Electron ${process.versions.electron}`,
      secretKeeping: secrets.keeping,
    }),
    'open-external': ([link]) => openOutside(link),
    'get-secret': ([id]) => secrets.get(id),
    'set-secret': ([id, secret]) => secrets.set(id, secret),
    'delete-secret': ([id]) => {
      secrets.delete(id)
      return null
    },
    'server-address': () => parts.serverAddress(),
    'want-deep-links': (_args, sender) => {
      links.listen((id) => deliver(sender, id))
      return null
    },
    flushed: ([number]) => {
      flushing.answered(number)
      return null
    },
  }
}

function deliver(to: WebContents, id: PageId): void {
  sendNotice(to, 'deep-link', id)
}
