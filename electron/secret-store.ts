import type { OrganisationId } from '../model/ids.ts'
import { isId } from '../model/ids.ts'
import type { SecretKeeping } from '../model/ipc.ts'

/** The part of Electron's `safeStorage` that is used here. */
export interface Cipher {
  isEncryptionAvailable(): boolean
  /** Linux only; elsewhere it is not asked. */
  getSelectedStorageBackend(): string
  encryptString(text: string): Buffer
  decryptString(encrypted: Buffer): string
}

export interface SecretFile {
  read(): string | undefined
  write(text: string): void
}

export interface SecretStore {
  readonly keeping: SecretKeeping
  get(id: OrganisationId): string | null
  set(id: OrganisationId, secret: string): SecretKeeping
  delete(id: OrganisationId): void
}

/**
 * How well this computer keeps a secret. Without a key store Linux "encrypts" with a key that everybody knows: then nothing is written at all.
 * Ask after the app is ready, before that the answer is always no.
 */
export function judgeKeeping(cipher: Cipher, platform: NodeJS.Platform): SecretKeeping {
  if (!cipher.isEncryptionAvailable()) return 'memory'
  if (platform !== 'linux') return 'encrypted'
  const backend = cipher.getSelectedStorageBackend()
  return backend === 'basic_text' || backend === 'unknown' ? 'memory' : 'encrypted'
}

/**
 * Session tokens, one per organisation. What cannot be decrypted (another computer's disk, a reset key store) is as good as gone: the person signs in again.
 * When writing fails the secret lives in memory, and `set` says so.
 */
export function openSecretStore(cipher: Cipher, file: SecretFile, platform: NodeJS.Platform): SecretStore {
  const keeping = judgeKeeping(cipher, platform)
  const secrets = keeping === 'encrypted' ? readSecrets(cipher, file) : new Map<string, string>()
  const save = (): SecretKeeping => (keeping === 'encrypted' ? writeSecrets(cipher, file, secrets) : 'memory')
  return {
    keeping,
    get: (id) => secrets.get(id) ?? null,
    set(id, secret) {
      secrets.set(id, secret)
      return save()
    },
    delete(id) {
      if (secrets.delete(id)) save()
    },
  }
}

function readSecrets(cipher: Cipher, file: SecretFile): Map<string, string> {
  const secrets = new Map<string, string>()
  for (const [id, encrypted] of parseEntries(file.read())) {
    const secret = decrypt(cipher, encrypted)
    if (secret !== undefined) secrets.set(id, secret)
  }
  return secrets
}

function writeSecrets(cipher: Cipher, file: SecretFile, secrets: ReadonlyMap<string, string>): SecretKeeping {
  try {
    const encrypted = [...secrets].map(([id, secret]) => [id, cipher.encryptString(secret).toString('base64')])
    file.write(JSON.stringify(Object.fromEntries(encrypted)))
    return 'encrypted'
  } catch {
    // A full disk or a key store that was locked meanwhile: signing in must work all the same.
    return 'memory'
  }
}

function parseEntries(text: string | undefined): readonly (readonly [string, string])[] {
  if (text === undefined) return []
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).filter(
    (entry): entry is [string, string] => isId(entry[0]) && typeof entry[1] === 'string',
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function decrypt(cipher: Cipher, encrypted: string): string | undefined {
  try {
    return cipher.decryptString(Buffer.from(encrypted, 'base64'))
  } catch {
    return undefined
  }
}
