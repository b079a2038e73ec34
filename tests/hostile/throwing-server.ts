import { Colleagues } from '../../sync-server/colleagues.ts'
import { Committer } from '../../sync-server/commit.ts'
import { Connections } from '../../sync-server/connections.ts'
import { DeviceChannel } from '../../sync-server/device-channel.ts'
import { DeviceChannels } from '../../sync-server/device-channels.ts'
import { DocumentStates } from '../../sync-server/document-states.ts'
import { FileShelf } from '../../sync-server/files.ts'
import { FollowingPeople } from '../../sync-server/following-people.ts'
import { Following } from '../../sync-server/following.ts'
import { Invitations } from '../../sync-server/invitations.ts'
import { Members } from '../../sync-server/members.ts'
import { MessageTurns } from '../../sync-server/message-turns.ts'
import { Outgoing } from '../../sync-server/outgoing.ts'
import { PageChannel } from '../../sync-server/page-channel.ts'
import { Pages } from '../../sync-server/pages.ts'
import { PeopleBook } from '../../sync-server/people-book.ts'
import { People } from '../../sync-server/people.ts'
import { Presence } from '../../sync-server/presence.ts'
import { RateLimit } from '../../sync-server/rate-limit.ts'
import { Reachers } from '../../sync-server/reachers.ts'
import { FollowingRequests } from '../../sync-server/requests/following-requests.ts'
import { RequestDesk } from '../../sync-server/requests/request-desk.ts'
import { ServerSearch } from '../../sync-server/search/search.ts'
import { DeviceSession } from '../../sync-server/session.ts'
import { Sessions } from '../../sync-server/sign-in/sessions.ts'
import { SignIn } from '../../sync-server/sign-in/sign-in.ts'
import { SilenceWatch } from '../../sync-server/silence-watch.ts'
import { StockSession } from '../../sync-server/stock-session.ts'
import { SqliteDirectory } from '../../sync-server/store/sqlite-directory.ts'
import { SqliteStore } from '../../sync-server/store/sqlite-store.ts'
import { SyncServer } from '../../sync-server/sync-server.ts'
import { Tickets } from '../../sync-server/tickets.ts'
import { Uploads } from '../../sync-server/uploads.ts'

/**
 * Loaded before the server. After a signal, each method of these classes throws once, at its next call, and says which
 * it was; an asynchronous one rejects.
 */
const classes = [
  ...[Colleagues, Committer, Connections, DeviceChannel, DeviceChannels, DeviceSession, DocumentStates, FileShelf],
  ...[Following, FollowingPeople, FollowingRequests, Invitations, Members, MessageTurns, Outgoing, PageChannel, Pages],
  ...[People, PeopleBook, Presence, RateLimit, Reachers, RequestDesk, ServerSearch, Sessions, SignIn, SilenceWatch],
  ...[SqliteDirectory, SqliteStore, StockSession, SyncServer, Tickets, Uploads],
]

/** What counts and tells what was caught: a throw in there is no handler's. */
const lastResort = 'handlerFailed'

let isArmed = false
process.on('SIGUSR2', () => {
  isArmed = true
  console.log('armed')
})

for (const { name, prototype } of classes) {
  for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (key !== 'constructor' && key !== lastResort && typeof value === 'function')
      throwOnce(prototype, `${name}.${key}`, value as Method)
  }
}

type Method = (this: unknown, ...args: unknown[]) => unknown

function throwOnce(prototype: object, name: string, method: Method): void {
  let hasThrown = false
  const isAsync = method.constructor.name === 'AsyncFunction'
  const key = name.slice(name.indexOf('.') + 1)
  Object.defineProperty(prototype, key, {
    configurable: true,
    writable: true,
    value(this: unknown, ...args: unknown[]) {
      if (!isArmed || hasThrown) return method.apply(this, args)
      hasThrown = true
      console.log(`threw ${name}`)
      const error = new Error(`Injected in ${name}`)
      if (isAsync) return Promise.reject(error)
      throw error
    },
  })
}
