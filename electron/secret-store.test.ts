import { expect, test } from 'vitest'
import { parseId, type OrganisationId } from '../model/ids.ts'
import { judgeKeeping, openSecretStore, type Cipher, type SecretFile } from './secret-store.ts'

function mustId(text: string): OrganisationId {
  const id = parseId<OrganisationId>(text)
  if (id === undefined) throw new Error(`${text} is no id`)
  return id
}

const plein = mustId('a'.repeat(26))
const other = mustId('b'.repeat(26))

function cipherWithKey(key: string, backend = 'gnome_libsecret'): Cipher {
  return {
    isEncryptionAvailable: () => true,
    getSelectedStorageBackend: () => backend,
    encryptString: (text) => Buffer.from(key + [...text].reverse().join('')),
    decryptString(encrypted) {
      const text = encrypted.toString()
      if (!text.startsWith(key)) throw new Error('wrong key')
      return [...text.slice(key.length)].reverse().join('')
    },
  }
}

function memoryFile(): SecretFile & { text: string | undefined } {
  return {
    text: undefined,
    read() {
      return this.text
    },
    write(text) {
      this.text = text
    },
  }
}

test('a token survives a restart and is not readable on the disk', () => {
  const file = memoryFile()
  expect(openSecretStore(cipherWithKey('k'), file, 'linux').set(plein, 'token-1')).toBe('encrypted')
  expect(file.text).not.toContain('token-1')
  const restarted = openSecretStore(cipherWithKey('k'), file, 'linux')
  expect(restarted.get(plein)).toBe('token-1')
  expect(restarted.get(other)).toBeNull()
})

test('a deleted token is gone from the disk too', () => {
  const file = memoryFile()
  const store = openSecretStore(cipherWithKey('k'), file, 'linux')
  store.set(plein, 'token-1')
  store.set(other, 'token-2')
  store.delete(plein)
  expect(store.get(plein)).toBeNull()
  expect(openSecretStore(cipherWithKey('k'), file, 'linux').get(plein)).toBeNull()
  expect(openSecretStore(cipherWithKey('k'), file, 'linux').get(other)).toBe('token-2')
})

test.each(['basic_text', 'unknown'])('with the %s backend nothing is written, and it says so', (backend) => {
  const file = memoryFile()
  const store = openSecretStore(cipherWithKey('k', backend), file, 'linux')
  expect(store.keeping).toBe('memory')
  expect(store.set(plein, 'token-1')).toBe('memory')
  expect(store.get(plein)).toBe('token-1')
  expect(file.text).toBeUndefined()
})

test('outside Linux the backend is not asked', () => {
  const cipher = { ...cipherWithKey('k'), getSelectedStorageBackend: () => 'basic_text' }
  expect(judgeKeeping(cipher, 'darwin')).toBe('encrypted')
  expect(judgeKeeping({ ...cipher, isEncryptionAvailable: () => false }, 'win32')).toBe('memory')
})

test('a token of another computer is forgotten and the store goes on', () => {
  const file = memoryFile()
  openSecretStore(cipherWithKey('k'), file, 'linux').set(plein, 'token-1')
  const store = openSecretStore(cipherWithKey('other'), file, 'linux')
  expect(store.get(plein)).toBeNull()
  expect(store.set(plein, 'token-2')).toBe('encrypted')
})

test.each(['', '{', '[]', 'null', '7', '{"../x":"y"}', `{"${'a'.repeat(26)}":7}`])(
  'the damaged file %j holds no token',
  (text) => {
    const file = memoryFile()
    file.text = text
    expect(openSecretStore(cipherWithKey(''), file, 'linux').get(plein)).toBeNull()
  },
)

test('a full disk keeps the token in memory and says so', () => {
  const file = {
    read: () => undefined,
    write() {
      throw new Error('ENOSPC')
    },
  }
  const store = openSecretStore(cipherWithKey('k'), file, 'linux')
  expect(store.set(plein, 'token-1')).toBe('memory')
  expect(store.get(plein)).toBe('token-1')
})
