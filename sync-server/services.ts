import type { FillRandom } from '../model/ids.ts'
import type { Config } from './config.ts'
import type { FileShelf } from './files.ts'
import type { Invitations } from './invitations.ts'
import type { Log } from './log.ts'
import type { Members } from './members.ts'
import type { ServerSearch } from './search/search.ts'
import type { Pages } from './pages.ts'
import type { People } from './people.ts'
import type { Sessions } from './sign-in/sessions.ts'
import type { SignIn } from './sign-in/sign-in.ts'
import type { Directory } from './store/directory.ts'
import type { Clock } from './sync-options.ts'
import type { SyncServer } from './sync-server.ts'
import type { Tickets } from './tickets.ts'
import type { Uploads } from './uploads.ts'

/** `going-away`: the server drains; what is asked now is answered with a reason to come back. */
export type ServerState = 'starting' | 'ready' | 'going-away'

/** Everything that routes may use. */
export interface Services {
  readonly config: Config
  readonly version: string
  readonly log: Log
  readonly clock: Clock
  readonly random: FillRandom
  readonly directory: Directory
  readonly syncServer: SyncServer
  readonly sessions: Sessions
  readonly tickets: Tickets
  readonly signIn: SignIn
  readonly people: People
  readonly members: Members
  readonly invitations: Invitations
  readonly pages: Pages
  readonly search: ServerSearch
  readonly files: FileShelf
  readonly uploads: Uploads
  /** Opens the creation of the organisation from another computer. */
  readonly setupCode: string
  readonly state: () => ServerState
  /** The port that the server listens on; 0 before it does. */
  readonly port: () => number
}

/** How people reach this server. */
export function serverUrlOf({ config, port }: Pick<Services, 'config' | 'port'>): string {
  return config.publicUrl ?? `http://127.0.0.1:${port()}`
}
