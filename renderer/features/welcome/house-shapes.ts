/** The square of the first screen: canal houses around an open place, with people in the windows. */
export type Gable = 'flat' | 'step' | 'bell' | 'triangle'

export interface House {
  readonly x: number
  readonly width: number
  readonly top: number
  readonly colour: string
  readonly gable: Gable
  /** Who looks out, by window from the upper left; empty where nobody does. */
  readonly people: readonly string[]
}

export interface Pane {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where the houses meet the pavement. */
const ground = 700
const paneHeight = 62

export const houseColours = {
  brick: '#B5573F',
  dark: '#7C3A2C',
  stone: '#E9DFC9',
  door: '#1B5B45',
  ochre: '#D9A94A',
  cream: '#FBF7EC',
  slate: '#4E5A5E',
  glass: '#2B3B3C',
  wood: '#5A4632',
  leaf: '#2F7257',
} as const

export const houses: readonly House[] = [
  { x: -30, width: 140, top: 372, colour: houseColours.slate, gable: 'flat', people: ['', '', '', '', 'Kees Mulder'] },
  {
    x: 110,
    width: 124,
    top: 330,
    colour: houseColours.brick,
    gable: 'step',
    people: ['', 'Noor de Wit', 'Thomas Okafor', '', '', 'Gerda Scholten'],
  },
  {
    x: 234,
    width: 116,
    top: 392,
    colour: houseColours.stone,
    gable: 'bell',
    people: ['Fatima El Amrani', '', '', 'Joris van Dam'],
  },
  {
    x: 350,
    width: 150,
    top: 300,
    colour: houseColours.dark,
    gable: 'triangle',
    people: ['', 'Aisha Jallow', '', 'Mei Lin Chen', '', '', '', '', 'Ravi Soekhlal'],
  },
  {
    x: 500,
    width: 130,
    top: 360,
    colour: houseColours.ochre,
    gable: 'step',
    people: ['', '', 'Anouk Visser', '', '', 'Lotte Bakker'],
  },
]

/** The outline of a house with its gable, as the data of an SVG path. */
export function outlineOf({ x, width: w, top, gable }: House): string {
  const sides = `V${ground}H${x}Z`
  if (gable === 'flat') return `M${x} ${top - 12}h${w}${sides}`
  if (gable === 'triangle') return `M${x} ${top}L${x + w / 2} ${top - 72}L${x + w} ${top}${sides}`
  if (gable === 'bell') {
    const up = `C${x + w * 0.22} ${top - 8} ${x + w * 0.2} ${top - 76} ${x + w / 2} ${top - 84}`
    return `M${x} ${top}${up}C${x + w * 0.8} ${top - 76} ${x + w * 0.78} ${top - 8} ${x + w} ${top}${sides}`
  }
  const step = w * 0.14
  const up = `h${step}v-26`.repeat(3)
  const down = `v26h${step}`.repeat(3)
  return `M${x} ${top}${up}h${w * 0.16}${down}${sides}`
}

/** The windows of a house: two or three beside each other, as many floors as stand above the door. */
export function panesOf({ x, width, top }: House): readonly Pane[] {
  const perFloor = width > 130 ? 3 : 2
  const paneWidth = (width - 20 * (perFloor + 1)) / perFloor
  const panes: Pane[] = []
  for (let floor = 0; floor < 3; floor += 1) {
    const y = top + 28 + floor * 92
    if (y + paneHeight > 620) break
    for (let index = 0; index < perFloor; index += 1) {
      panes.push({ x: x + 20 + index * (paneWidth + 20), y, width: paneWidth, height: paneHeight })
    }
  }
  return panes
}

/** The seams of the pavement: rows of stones, every other row shifted by half a stone. */
export function jointsOf(): readonly string[] {
  const rows = Array.from({ length: 7 }, (_, row) => 716 + row * 28)
  const across = rows.map((y) => `M0 ${y}H600`)
  const upright = rows.flatMap((y, row) =>
    Array.from({ length: 12 }, (_, stone) => `M${stone * 52 + (row % 2) * 26} ${y}v28`),
  )
  return [...across, ...upright]
}
