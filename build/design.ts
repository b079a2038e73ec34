import { readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { Page } from 'playwright'

const root = resolve(import.meta.dirname, '..')
const drawn = join(root, 'docs/design')

/** A drawing of the design, and where its parts are to be found again in the app. */
export interface Drawing {
  /** In docs/design/png, without its ending. */
  readonly picture: string
  /** In docs/design/mocks, with its question. */
  readonly mock: string
  readonly landmarks: readonly Landmark[]
}

export interface Landmark {
  readonly name: string
  /** Playwright selectors of the same part in the drawing and in the app; the first that is found counts. */
  readonly drawn: string
  readonly app: string
  /** Measured from the top of this one, where what stands above differs in the sample. */
  readonly from?: string
  /**
   * `text`: not its width, its words may differ. `line`: not its place along the line either, which follows from its neighbours.
   * `place`: its top and width; its height follows from what it holds, its start from its neighbours. `none`: others are measured from it.
   */
  readonly compare?: 'text' | 'line' | 'place' | 'none'
}

/** In CSS pixels of the window. */
interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** One part, where the design draws it and where the app shows it; `ours` is null where the app has no such part. */
export interface Measured {
  readonly name: string
  readonly design: Box
  readonly ours: Box | null
  /** The largest distance between the two, in CSS pixels; infinite where there is nothing to compare. */
  readonly worst: number
}

/** The design allows no more between drawing and screen, in CSS pixels. */
export const mostApart = 8

const host = 'http://design.test/'

/** Shows a drawing, with the project's own fonts, in a page that has its size. */
export async function openDrawing(page: Page, { mock }: Drawing): Promise<void> {
  await page.route(`${host}**`, async (route) => {
    const { pathname } = new URL(route.request().url())
    const name = basename(pathname)
    const path = name.endsWith('.woff2') ? fontFile(name) : join(drawn, 'mocks', name)
    await route.fulfill({ path })
  })
  await page.goto(host + mock)
  await page.evaluate('document.fonts.ready')
}

function fontFile(name: string): string {
  const family = name.startsWith('source-serif') ? 'source-serif-4' : 'hanken-grotesk'
  return join(root, 'node_modules/@fontsource-variable', family, 'files', name)
}

/** Throws where the drawing has no such part: then the landmark is wrong. */
export async function measure(design: Page, app: Page, landmarks: readonly Landmark[]): Promise<readonly Measured[]> {
  const boxes = new Map<string, { readonly design: Box; readonly ours: Box | null }>()
  for (const { name, drawn: there, app: here } of landmarks) {
    const box = await boxOf(design, there)
    if (box === null) throw new Error(`The drawing has no "${name}" (${there})`)
    boxes.set(name, { design: box, ours: await boxOf(app, here) })
  }
  return landmarks.map((landmark) => {
    const found = boxes.get(landmark.name)
    if (found === undefined) throw new Error(`"${landmark.name}" was not measured`)
    const start = landmark.from === undefined ? undefined : boxes.get(landmark.from)
    const inDesign = below(found.design, start?.design)
    const inApp = found.ours === null ? null : below(found.ours, start?.ours ?? undefined)
    return { name: landmark.name, design: inDesign, ours: inApp, worst: apart(inDesign, inApp, landmark.compare) }
  })
}

async function boxOf(page: Page, selector: string): Promise<Box | null> {
  const found = page.locator(selector)
  return (await found.count()) === 0 ? null : found.first().boundingBox()
}

function below(box: Box, start: Box | undefined): Box {
  return start === undefined ? box : { ...box, y: box.y - start.y }
}

function apart(design: Box, ours: Box | null, compare: Landmark['compare']): number {
  if (ours === null) return Infinity
  if (compare === 'none') return 0
  const sides = [design.y - ours.y]
  if (compare !== 'place') sides.push(design.height - ours.height)
  if (compare === undefined || compare === 'text') sides.push(design.x - ours.x)
  if (compare === undefined || compare === 'place') sides.push(design.width - ours.width)
  return Math.max(...sides.map(Math.abs))
}

/** Which of the design's colours, spaces and sizes no rule of the interface uses. Names of custom properties. */
export function unusedTokens(tokens: string, rules: readonly string[]): readonly string[] {
  const names = new Set([...tokens.matchAll(/^\s+(--[\w-]+):/gm)].map(([, name]) => name ?? ''))
  // Such as the colour of a person: `var(--p-${colour})`.
  const families = rules.flatMap((text) => [...text.matchAll(/var\((--[\w-]+-)\$\{/g)].map(([, start]) => start ?? ''))
  const used = new Set(
    [tokens, ...rules].flatMap((text) => [...text.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name)),
  )
  return [...names].filter((name) => !used.has(name) && !families.some((start) => name.startsWith(start)))
}

export function readDrawnPicture({ picture }: Drawing): string {
  return readFileSync(join(drawn, 'png', `${picture}.png`)).toString('base64')
}
