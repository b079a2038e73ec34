import type { SessionAnswer } from '../../model/api.ts'
import type { PersonId } from '../../model/ids.ts'
import type { Result } from '../../model/result.ts'
import type { AccountError } from './plein.ts'

export type ProfileError = AccountError | 'too-large' | 'not-a-picture' | 'storage-full'

/** What one says of oneself, and one's own devices. All of it needs the server, at once; in an organisation without one only the face of nobody else is known. */
export interface Profile {
  rename(name: string): Promise<Result<void, ProfileError>>
  /** A PNG, JPEG or WebP of at most 256 KB; null: a drawn portrait again. */
  setFace(picture: Blob | null): Promise<Result<void, ProfileError>>
  changePassword(passwords: { readonly current: string; readonly next: string }): Promise<Result<void, ProfileError>>
  devices(): Promise<Result<readonly SessionAnswer[], ProfileError>>
  signOutDevice(id: string): Promise<Result<void, ProfileError>>
  /**
   * An address for `<img>` of a colleague's photograph: from this laptop, else from the server; null where it cannot be had now,
   * or where the face is drawn.
   */
  faceUrl(id: PersonId, hash: string): Promise<string | null>
}
