export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where the window stood when it was last closed; the bounds are those of the window when not maximised. */
export interface WindowState {
  readonly bounds: Rectangle
  readonly maximized: boolean
}

const smallest = { width: 480, height: 400 }
const preferred = { width: 1280, height: 820 }
/** So much of the window must be on a screen that it can be seen and dragged. */
const graspPx = 100

/** Parses the stored state; undefined where the file is damaged or from elsewhere. */
export function parseWindowState(text: string): WindowState | undefined {
  const value = parseJson(text)
  if (!isRecord(value) || !isRecord(value['bounds'])) return undefined
  const { x, y, width, height } = value['bounds']
  if (!isPixel(x) || !isPixel(y) || !isPixel(width) || !isPixel(height)) return undefined
  return { bounds: { x, y, width, height }, maximized: value['maximized'] === true }
}

/** Fits the stored state to the screens that are there now: a monitor may have been unplugged. The first screen is the main one. */
export function placeWindow(stored: WindowState | undefined, screens: readonly Rectangle[]): WindowState {
  const main = screens[0] ?? { x: 0, y: 0, ...preferred }
  if (stored === undefined) return { bounds: centre(preferred, main), maximized: false }
  const screen = screens.find((candidate) => canGrasp(stored.bounds, candidate))
  if (screen === undefined) return { bounds: centre(stored.bounds, main), maximized: stored.maximized }
  const { width, height } = fit(stored.bounds, screen)
  // Cutting the size may have taken the visible part away; and the title bar must be reachable: never above the screen.
  const x = Math.min(Math.max(stored.bounds.x, screen.x + graspPx - width), screen.x + screen.width - graspPx)
  return { bounds: { x, y: Math.max(stored.bounds.y, screen.y), width, height }, maximized: stored.maximized }
}

function canGrasp(bounds: Rectangle, screen: Rectangle): boolean {
  const across = Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x)
  const titleBarIsInside = bounds.y > screen.y - graspPx && bounds.y < screen.y + screen.height - graspPx
  return across >= graspPx && titleBarIsInside
}

function centre(size: { readonly width: number; readonly height: number }, screen: Rectangle): Rectangle {
  const { width, height } = fit(size, screen)
  return {
    x: Math.round(screen.x + (screen.width - width) / 2),
    y: Math.round(screen.y + (screen.height - height) / 2),
    width,
    height,
  }
}

function fit(
  size: { readonly width: number; readonly height: number },
  screen: Rectangle,
): { width: number; height: number } {
  return {
    width: Math.min(Math.max(size.width, smallest.width), screen.width),
    height: Math.min(Math.max(size.height, smallest.height), screen.height),
  }
}

function isPixel(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) < 100_000
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
