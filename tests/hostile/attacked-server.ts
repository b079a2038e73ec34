import { fork, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import * as Y from 'yjs'
import { apiPaths, type InvitationAnswer, type SignedIn, type SpaceAnswer } from '../../model/api.ts'
import type { DocumentId, LogId, SpaceId } from '../../model/ids.ts'
import type { SpaceRole } from '../../model/permission.ts'
import { seedClientId } from '../../model/seeds.ts'
import { openTestServer, type TestServer } from '../support/start-server.ts'
import type { HonestReport } from './honest-process.ts'
import { WireDevice } from './wire-device.ts'

/** `PLEIN_HOSTILE=exact` judges by the limits themselves; otherwise there is tenfold room, for a machine that does other things too. */
const isExact = process.env['PLEIN_HOSTILE'] === 'exact'
const maxRoundMs = isExact ? 250 : 2500
const maxGrowthMb = isExact ? 150 : 1500

/** Words that the honest device has written before anything is measured: everything is warm by then. */
const warmRounds = 200

export interface AttackedServer {
  readonly server: TestServer
  readonly url: string
  /** Owns everything, and writes at the honest device. */
  readonly sofie: SignedIn
  /** A colleague who edits in the space, may not write in Sofie's note, and is in no other space of hers. */
  readonly mallory: SignedIn
  readonly reader: SignedIn
  readonly commenter: SignedIn
  readonly spaceId: SpaceId
  /** A wiki page in the space: Mallory may write in it. */
  readonly openPage: DocumentId
  /** Sofie's own note in the space, in which the honest device writes. */
  readonly note: DocumentId
  /** The log of the honest device. */
  readonly honestLog: LogId
  /** A page in a space of which nobody but Sofie is a member. */
  readonly closedPage: DocumentId
  /** A number of the server's own metrics. */
  metric(name: string): Promise<number>
  /**
   * The process lives and is ready, the honest device was answered in time and has all its words, and nothing of
   * anybody else stands in what they may not write. @returns the worst round trip since the check before
   */
  check(): Promise<HonestReport>
  call<T>(method: string, path: string, asked: { readonly token?: string; readonly body?: object }): Promise<T>
  /** One line of figures, for whoever reads the test's output. */
  figures(): string
  [Symbol.asyncDispose](): Promise<void>
}

const password = 'drie blauwe fietsen'

/** A server in a process of its own, people of every kind, and an honest device that never stops writing. */
export async function openAttackedServer(env: NodeJS.ProcessEnv = {}): Promise<AttackedServer> {
  const server = await openTestServer({ env: { PLEIN_LOG_LEVEL: 'warn', ...env } })
  const { url } = server
  const call = <T>(method: string, path: string, asked: Parameters<AttackedServer['call']>[2]) =>
    ask<T>(url + path, method, asked)
  const sofie = await call<SignedIn>('POST', apiPaths.organisation, {
    body: { name: 'De Werf', personName: 'Sofie', email: 'sofie@example.org', password },
  })
  const createSpace = async (name: string) => {
    const body = { name, kind: 'project' }
    return (await call<SpaceAnswer>('POST', apiPaths.spaces, { token: sofie.token, body })).id
  }
  const [spaceId, closedSpaceId] = [await createSpace('Werkplaats'), await createSpace('Directie')]
  const joinAs = async (name: string, role: SpaceRole) => {
    const invitation = { token: sofie.token, body: { role: 'member' } }
    const { code } = await call<InvitationAnswer>('POST', apiPaths.invitations, invitation)
    const body = { name, email: `${name}@example.org`.toLowerCase(), password }
    const person = await call<SignedIn>('POST', apiPaths.acceptInvitation(code), { body })
    await call('PUT', apiPaths.member(spaceId, person.person.id), { token: sofie.token, body: { role } })
    return person
  }
  const mallory = await joinAs('Mallory', 'editor')
  const reader = await joinAs('Rosa', 'reader')
  const commenter = await joinAs('Karel', 'commenter')
  const device = await WireDevice.open(url, sofie.token)
  const openPage = await device.register(spaceId, 'page', 'wiki')
  const closedPage = await device.register(closedSpaceId, 'page', 'wiki')
  device.close()
  const honest = await openHonest([url, sofie.token, spaceId])
  while ((await honest.report([])).rounds < warmRounds);
  const beforeMb = residentMb(server.pid)
  let [worstMs, rounds, peakMb] = [0, 0, beforeMb]
  return {
    ...{ server, url, sofie, mallory, reader, commenter, spaceId, openPage, closedPage, call },
    note: honest.documentId,
    honestLog: honest.logId,
    async metric(name) {
      const text = await (await fetch(url + apiPaths.metrics)).text()
      const lines = text.split('\n').filter((line) => line.startsWith(name))
      return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
    },
    async check() {
      const report = await honest.report([closedPage])
      expect((await fetch(url + apiPaths.ready)).status).toBe(200)
      expect(report.troubles).toEqual([])
      expect(textOf(report.documents[honest.documentId]).startsWith(report.acknowledgedText)).toBe(true)
      expect(clientsOf(report.documents[honest.documentId])).toEqual([seedClientId, honest.clientId].sort(byNumber))
      expect(clientsOf(report.documents[closedPage])).toEqual([seedClientId])
      const nowMb = residentMb(server.pid)
      ;[worstMs, rounds, peakMb] = [Math.max(worstMs, report.worstMs), report.rounds, Math.max(peakMb, nowMb)]
      expect(report.worstMs).toBeLessThan(maxRoundMs)
      expect(nowMb - beforeMb).toBeLessThan(maxGrowthMb)
      return report
    },
    figures: () =>
      `worst round trip ${worstMs.toFixed(0)} ms of ${rounds}, memory ${beforeMb.toFixed(0)} MB before and at most ${(peakMb - beforeMb).toFixed(0)} MB more after an attack`,
    async [Symbol.asyncDispose]() {
      await honest.end()
      await server[Symbol.asyncDispose]()
    },
  }
}

const byNumber = (a: number, b: number) => a - b

async function ask<T>(
  url: string,
  method: string,
  { token, body }: { readonly token?: string; readonly body?: object },
): Promise<T> {
  const headers = {
    ...(body && { 'content-type': 'application/json' }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  }
  const response = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${await response.text()}`)
  return (response.status === 204 ? undefined : await response.json()) as T
}

interface Honest {
  readonly documentId: DocumentId
  readonly clientId: number
  readonly logId: LogId
  report(documents: readonly DocumentId[]): Promise<HonestReport>
  end(): Promise<void>
}

async function openHonest(args: readonly string[]): Promise<Honest> {
  const child = fork(join(import.meta.dirname, 'honest-process.ts'), args, {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const { documentId, clientId, logId } = (await answerOf(child)) as Pick<Honest, 'documentId' | 'clientId' | 'logId'>
  return {
    documentId,
    clientId,
    logId,
    async report(documents) {
      const answer = answerOf(child)
      child.send(documents)
      return (await answer) as HonestReport
    },
    async end() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.disconnect()
      await ended
    },
  }
}

function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`The honest device ended with ${code}`))
    child.once('exit', ended)
    child.once('message', (message) => {
      child.off('exit', ended)
      resolve(message)
    })
  })
}

/** Memory that the process holds, as the kernel counts it; 0 where there is no such count. */
function residentMb(pid: number): number {
  if (process.platform !== 'linux') return 0
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1])
  return (pages * 4096) / 1_000_000
}

function documentOf(base64: string | null | undefined): Y.Doc {
  const doc = new Y.Doc()
  if (typeof base64 === 'string') Y.applyUpdate(doc, Buffer.from(base64, 'base64'))
  return doc
}

export const textOf = (base64: string | null | undefined): string => documentOf(base64).getText('prose').toString()

const clientsOf = (base64: string | null | undefined): readonly number[] =>
  [...documentOf(base64).store.clients.keys()].sort(byNumber)
