import { parseId, type DocumentId, type FillRandom, mintId, type OrganisationId } from '../../model/ids.ts'
import { currentSchema } from '../../model/schema-version.ts'
import { WebsocketProvider } from 'y-websocket'
import type { OrganisationRecord } from '../storage/laptop-storage.ts'
import { makeChannelSocketClass } from '../sync/channel.ts'
import { joinElection } from '../sync/leader.ts'
import { openWindowPort } from '../sync/sync-port.ts'
import type { JoinChannel } from './open-documents.ts'
import type { OpenOrganisation } from './organisation.ts'
import type { SyncLink } from './sync-link.ts'

/** The line of this window: it hears the sync worker and the other windows, and takes part in the election of who runs it. */
export function openLink(
  record: OrganisationRecord,
  options: { readonly appVersion: string; readonly fillRandom: FillRandom },
): SyncLink {
  const windowId = mintId<OrganisationId>(options.fillRandom)
  const port = openWindowPort({ organisationId: record.id, windowId, page: { window, document } })
  const leave = joinElection({
    organisationId: record.id,
    appVersion: options.appVersion,
    hasServer: record.serverUrl !== null,
    onLacking: tellLacking,
  })
  return {
    windowId,
    post: (message) => {
      port.post(message)
    },
    subscribe: (listener) => {
      const undo = [
        port.subscribe(listener),
        port.onOwnRows((changes) => {
          listener({ type: 'other-window', changes })
        }),
      ]
      return () => {
        for (const each of undo) each()
      }
    },
    close: () => {
      leave()
      port.close()
    },
  }
}

function tellLacking(what: 'locks' | 'workers'): void {
  console.warn(`This browser has no ${what}: Plein works, only slower with several windows`)
}

/** Joins open documents to the server's live channels through the stock y-websocket provider (CN). */
export function joinChannels(fillRandom: FillRandom): (organisation: OpenOrganisation) => JoinChannel {
  return (organisation) => {
    const { link, record } = organisation
    const WebSocketPolyfill = makeChannelSocketClass({
      port: {
        post: link.post,
        subscribe: (onMessage) =>
          link.subscribe((message) => {
            if (message.type !== 'other-window') onMessage(message)
          }),
      },
      windowId: link.windowId,
      documentIdFromUrl,
      schema: currentSchema,
      mintChannelId: () => mintId(fillRandom),
    })
    return (id, doc, awareness) => {
      const provider = new WebsocketProvider(`${record.serverUrl ?? ''}/ws`, id, doc, {
        WebSocketPolyfill,
        awareness,
        disableBc: true,
      })
      // What it applies was stored by the sync worker before it came here.
      organisation.documents.trustProvider(provider)
      return () => {
        provider.destroy()
      }
    }
  }
}

function documentIdFromUrl(url: string): DocumentId | undefined {
  return parseId<DocumentId>(new URL(url).pathname.split('/').at(-1))
}
