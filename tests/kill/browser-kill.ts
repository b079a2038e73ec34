import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from '@playwright/test'
import { chromium, type Browser, type Page } from 'playwright'
import { chromiumFlags, findChromium } from '../../build/chromium.ts'
import { body, openByTitle, receipt, signIn, typeAtEnd } from '../support/people.ts'
import type { SampleAccount } from '../support/start-server.ts'

/** The promise itself: what was typed is on this laptop at most this long after the last keystroke. Not a wait for a state. */
const promisedMs = 250

export function makeProfile(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'plein-killed-'))
}

/**
 * Types a sentence of its own in each round, kills the browser, and looks in the next life whether all sentences are there.
 * @param open brings a fresh browser to the page to write in; called in every life
 * @returns all that was typed
 */
export async function runKillRounds(
  folder: string,
  rounds: number,
  open: (page: Page) => Promise<void>,
): Promise<string> {
  let typed = ''
  for (let round = 1; round <= rounds; round += 1) {
    await using life = await openLife(folder)
    await open(life.page)
    await expectTyped(life.page, typed, round)
    const sentence = ` Round ${round}: the quick brown fox jumps over the lazy dog.`
    await typeAtEnd(life.page, sentence)
    await wait(promisedMs)
    await life.kill()
    typed += sentence
  }
  await using life = await openLife(folder)
  await open(life.page)
  await expectTyped(life.page, typed, rounds + 1)
  await expect(receipt(life.page)).toHaveAccessibleName(/On (this laptop|the server)/)
  return typed
}

/** Kills the browser at the moment that `act` is done. */
export async function killAfter(folder: string, act: (page: Page) => Promise<void>): Promise<void> {
  await using life = await openLife(folder)
  await act(life.page)
  await life.kill()
}

async function expectTyped(page: Page, typed: string, round: number): Promise<void> {
  await expect(body(page), `after ${round - 1} kills`).toContainText(typed.trim())
}

interface Life {
  readonly page: Page
  /** kill -9 of every process of the browser; resolves when all of them are gone. */
  kill(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** A browser in a process group of its own, so that one signal takes its GPU, network and storage processes too. */
export async function openLife(folder: string): Promise<Life> {
  // The port of a browser that was killed still stands in its profile.
  await rm(join(folder, 'DevToolsActivePort'), { force: true })
  const program = findChromium() ?? chromium.executablePath()
  const flags = [
    '--headless=new',
    '--remote-debugging-port=0',
    '--lang=en-GB',
    '--window-size=1366,768',
    '--hide-crash-restore-bubble',
  ]
  const child = spawn(program, [...chromiumFlags(), ...flags, `--user-data-dir=${folder}`, 'about:blank'], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<void>((settle) => child.once('close', () => settle()))
  const kill = async () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL')
    await ended
  }
  try {
    const browser = await connectTo(child)
    const context = browser.contexts()[0]
    if (context === undefined) throw new Error('The browser has no context of its own')
    return { page: context.pages()[0] ?? (await context.newPage()), kill, [Symbol.asyncDispose]: kill }
  } catch (error) {
    await kill()
    throw error
  }
}

async function connectTo({ stderr }: ChildProcess): Promise<Browser> {
  if (stderr === null) throw new Error('The browser has no stderr')
  const address = await new Promise<string>((settle, reject) => {
    let said = ''
    stderr.on('data', (bytes: Buffer) => {
      said += bytes.toString()
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
      if (found !== undefined) settle(found)
    })
    stderr.once('end', () => reject(new Error(`The browser ended before it listened:\n${said}`)))
  })
  return chromium.connectOverCDP(address)
}

/** A personal space, made in the first life and found in the later ones. */
export async function openPersonalPage(page: Page, url: string, title: string): Promise<void> {
  await page.goto(url)
  const start = page.getByRole('button', { name: /^Just write/ })
  const search = page.getByRole('button', { name: /^Search/ })
  await expect(start.or(search).first()).toBeVisible()
  if (await start.isVisible()) {
    await start.click()
    await page.getByLabel('Your name').fill('Joris')
    await page.getByRole('button', { name: 'Start writing' }).click()
    await page.getByRole('button', { name: 'Create the first page' }).click()
    await page.getByRole('dialog').getByLabel('Title').fill(title)
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await expect(body(page)).toBeVisible()
  } else await openByTitle(page, title)
}

interface ServerPage {
  readonly url: string
  readonly account: SampleAccount
  readonly title: string
}

export async function openServerPage(page: Page, { url, account, title }: ServerPage): Promise<void> {
  await page.goto(url)
  const start = page.getByRole('button', { name: 'I already have an account' })
  const search = page.getByRole('button', { name: /^Search/ })
  await expect(start.or(search).first()).toBeVisible()
  if (await start.isVisible()) await signIn(page, url, account)
  await openByTitle(page, title)
}
