import type { Hair } from './portrait-hair.ts'

/** A drawn portrait: what a person without a photo looks like. */
export interface Portrait {
  readonly skin: string
  readonly isDeep: boolean
  readonly hair: Hair
  readonly hairColour: string
  readonly clothes: string
  readonly background: string
  readonly brow: string
  readonly glasses: boolean
  readonly beard: boolean
  readonly stubble: boolean
  readonly moustache: boolean
}

const skins = ['#F6D9C4', '#EEC4A6', '#DDA680', '#BF845C', '#976040', '#6F452E'] as const

const backgrounds = {
  green: '#CFE0D5',
  stone: '#E5DCC8',
  blue: '#CFDDEE',
  brick: '#F1D3C6',
  yellow: '#F3E0A9',
  teal: '#C8E0E2',
  rose: '#F0D3DC',
  grey: '#DADCD9',
} as const

type Background = keyof typeof backgrounds

/** People of the sample organisation look as they were drawn, whatever ids a server minted for them. */
const cast: Readonly<Record<string, Portrait>> = {
  'Noor de Wit': drawn(2, 'mid', '#8A4B23', '#1B5B45', 'yellow'),
  'Sem Jansen': drawn(1, 'quiff', '#C08A3E', '#2A5EA6', 'stone'),
  'Fatima El Amrani': drawn(3, 'hijab', '#7A3F74', '#3B3F45', 'rose'),
  'Joris van Dam': drawn(1, 'short', '#5B3B22', '#A8402A', 'green', 'beard'),
  'Anouk Visser': drawn(2, 'bob', '#B9B4AA', '#22302A', 'brick', 'glasses grey'),
  'Ravi Soekhlal': drawn(4, 'crop', '#1D1A18', '#12697A', 'yellow', 'glasses'),
  'Lotte Bakker': drawn(1, 'long', '#D9B264', '#A8325F', 'teal'),
  'Kees Mulder': drawn(2, 'bald', '#B9B4AA', '#E08A2C', 'blue', 'beard grey'),
  'Mei Lin Chen': drawn(2, 'fringe', '#1D1A18', '#85600B', 'green'),
  'Thomas Okafor': drawn(6, 'crop', '#161311', '#F0E6D2', 'teal', 'beard'),
  'Ilse Hendriks': drawn(1, 'bun', '#9C4A2A', '#2A5EA6', 'stone'),
  'Daan Smit': drawn(2, 'curly', '#6B4526', '#55606B', 'brick'),
  'Yara Özdemir': drawn(3, 'long', '#2A1C16', '#1B5B45', 'rose'),
  'Pieter Hoekstra': drawn(1, 'short', '#CFCBC2', '#5A4632', 'grey', 'glasses moustache grey'),
  'Sofie Claes': drawn(1, 'bob', '#4A2E1E', '#A8402A', 'blue'),
  'Bram Postma': drawn(2, 'quiff', '#2E2019', '#566B1C', 'yellow', 'stubble'),
  'Nadia Haddad': drawn(4, 'curlylong', '#241813', '#D1A23A', 'teal'),
  'Hugo Meijer': drawn(1, 'crop', '#A9642F', '#22302A', 'stone', 'beard glasses'),
  'Aisha Jallow': drawn(6, 'afro', '#171210', '#A8402A', 'yellow'),
  'Tim de Boer': drawn(2, 'short', '#8E6A3A', '#12697A', 'brick'),
  'Marit Dijkstra': drawn(1, 'mid', '#E0C078', '#55606B', 'green', 'glasses'),
  'Lucas Verhoef': drawn(3, 'curly', '#1F1713', '#2A5EA6', 'grey', 'stubble'),
  'Emma Willems': drawn(2, 'bun', '#4B2A18', '#85600B', 'blue'),
  'Gerda Scholten': drawn(1, 'bob', '#DEDAD2', '#7A3F74', 'teal', 'glasses grey'),
  'Omar Yildiz': drawn(3, 'short', '#1D1612', '#F0E6D2', 'green', 'stubble'),
  'Eva Kuipers': drawn(1, 'fringe', '#A4552D', '#566B1C', 'grey'),
}

// Beards and headscarves are somebody's own choice: nobody gets one by chance.
const chanceHair: readonly Hair[] = ['short', 'crop', 'quiff', 'mid', 'bob', 'fringe', 'bun', 'curly', 'long']
const lightHair = ['#8A4B23', '#C08A3E', '#5B3B22', '#D9B264', '#9C4A2A', '#6B4526', '#4A2E1E', '#8E6A3A']
const darkHair = ['#1D1A18', '#2A1C16', '#2E2019', '#241813', '#171210']
const clothes = ['#1B5B45', '#2A5EA6', '#A8402A', '#12697A', '#A8325F', '#85600B', '#566B1C', '#55606B', '#7A3F74']

/** The portrait of a person: the same on every device, for it depends on the id (and, for the sample, the name) alone. */
export function portraitOf(personId: string, name: string): Portrait {
  return cast[name] ?? portraitFrom(hashOf(personId))
}

function portraitFrom(seed: number): Portrait {
  const skin = 1 + (seed % skins.length)
  const hairColours = skin >= 4 ? darkHair : [...lightHair, ...darkHair]
  return drawn(
    skin,
    pick(chanceHair, seed >>> 3, 'short'),
    pick(hairColours, seed >>> 8, '#4A2E1E'),
    pick(clothes, seed >>> 13, '#1B5B45'),
    pick(Object.keys(backgrounds).filter(isBackground), seed >>> 18, 'stone'),
    (seed >>> 24) % 4 === 0 ? 'glasses' : '',
  )
}

function drawn(skin: number, hair: Hair, hairColour: string, shirt: string, background: Background, extras = ''): Portrait {
  return {
    skin: skins[skin - 1] ?? skins[1],
    isDeep: skin >= 5,
    hair,
    hairColour,
    clothes: shirt,
    background: backgrounds[background],
    brow: browColour(hair, hairColour, extras),
    glasses: extras.includes('glasses'),
    beard: extras.includes('beard'),
    stubble: extras.includes('stubble'),
    moustache: extras.includes('moustache'),
  }
}

function browColour(hair: Hair, hairColour: string, extras: string): string {
  if (extras.includes('grey')) return '#8d867a'
  return hair === 'hijab' ? '#3a2318' : hairColour
}

function isBackground(name: string): name is Background {
  return name in backgrounds
}

function pick<T>(choices: readonly T[], seed: number, fallback: T): T {
  return choices[seed % choices.length] ?? fallback
}

/** FNV-1a, 32 bits: spreads ids that differ in one character. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}
