import { hairShapes, type Hair } from './portrait-hair.ts'

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
const cast: Readonly<Record<string, Look>> = {
  'Noor de Wit': { skin: 2, hair: 'mid', hairColour: '#8A4B23', shirt: '#1B5B45', background: 'yellow' },
  'Sem Jansen': { skin: 1, hair: 'quiff', hairColour: '#C08A3E', shirt: '#2A5EA6', background: 'stone' },
  'Fatima El Amrani': { skin: 3, hair: 'hijab', hairColour: '#7A3F74', shirt: '#3B3F45', background: 'rose' },
  'Joris van Dam': {
    skin: 1,
    hair: 'short',
    hairColour: '#5B3B22',
    shirt: '#A8402A',
    background: 'green',
    extras: 'beard',
  },
  'Anouk Visser': {
    skin: 2,
    hair: 'bob',
    hairColour: '#B9B4AA',
    shirt: '#22302A',
    background: 'brick',
    extras: 'glasses grey',
  },
  'Ravi Soekhlal': {
    skin: 4,
    hair: 'crop',
    hairColour: '#1D1A18',
    shirt: '#12697A',
    background: 'yellow',
    extras: 'glasses',
  },
  'Lotte Bakker': { skin: 1, hair: 'long', hairColour: '#D9B264', shirt: '#A8325F', background: 'teal' },
  'Kees Mulder': {
    skin: 2,
    hair: 'bald',
    hairColour: '#B9B4AA',
    shirt: '#E08A2C',
    background: 'blue',
    extras: 'beard grey',
  },
  'Mei Lin Chen': { skin: 2, hair: 'fringe', hairColour: '#1D1A18', shirt: '#85600B', background: 'green' },
  'Thomas Okafor': {
    skin: 6,
    hair: 'crop',
    hairColour: '#161311',
    shirt: '#F0E6D2',
    background: 'teal',
    extras: 'beard',
  },
  'Ilse Hendriks': { skin: 1, hair: 'bun', hairColour: '#9C4A2A', shirt: '#2A5EA6', background: 'stone' },
  'Daan Smit': { skin: 2, hair: 'curly', hairColour: '#6B4526', shirt: '#55606B', background: 'brick' },
  'Yara Özdemir': { skin: 3, hair: 'long', hairColour: '#2A1C16', shirt: '#1B5B45', background: 'rose' },
  'Pieter Hoekstra': {
    skin: 1,
    hair: 'short',
    hairColour: '#CFCBC2',
    shirt: '#5A4632',
    background: 'grey',
    extras: 'glasses moustache grey',
  },
  'Sofie Claes': { skin: 1, hair: 'bob', hairColour: '#4A2E1E', shirt: '#A8402A', background: 'blue' },
  'Bram Postma': {
    skin: 2,
    hair: 'quiff',
    hairColour: '#2E2019',
    shirt: '#566B1C',
    background: 'yellow',
    extras: 'stubble',
  },
  'Nadia Haddad': { skin: 4, hair: 'curlylong', hairColour: '#241813', shirt: '#D1A23A', background: 'teal' },
  'Hugo Meijer': {
    skin: 1,
    hair: 'crop',
    hairColour: '#A9642F',
    shirt: '#22302A',
    background: 'stone',
    extras: 'beard glasses',
  },
  'Aisha Jallow': { skin: 6, hair: 'afro', hairColour: '#171210', shirt: '#A8402A', background: 'yellow' },
  'Tim de Boer': { skin: 2, hair: 'short', hairColour: '#8E6A3A', shirt: '#12697A', background: 'brick' },
  'Marit Dijkstra': {
    skin: 1,
    hair: 'mid',
    hairColour: '#E0C078',
    shirt: '#55606B',
    background: 'green',
    extras: 'glasses',
  },
  'Lucas Verhoef': {
    skin: 3,
    hair: 'curly',
    hairColour: '#1F1713',
    shirt: '#2A5EA6',
    background: 'grey',
    extras: 'stubble',
  },
  'Emma Willems': { skin: 2, hair: 'bun', hairColour: '#4B2A18', shirt: '#85600B', background: 'blue' },
  'Gerda Scholten': {
    skin: 1,
    hair: 'bob',
    hairColour: '#DEDAD2',
    shirt: '#7A3F74',
    background: 'teal',
    extras: 'glasses grey',
  },
  'Omar Yildiz': {
    skin: 3,
    hair: 'short',
    hairColour: '#1D1612',
    shirt: '#F0E6D2',
    background: 'green',
    extras: 'stubble',
  },
  'Eva Kuipers': { skin: 1, hair: 'fringe', hairColour: '#A4552D', shirt: '#566B1C', background: 'grey' },
}

// Beards and headscarves are somebody's own choice: nobody gets one by chance.
const chanceHair: readonly Hair[] = ['short', 'crop', 'quiff', 'mid', 'bob', 'fringe', 'bun', 'curly', 'long']
const lightHair = ['#8A4B23', '#C08A3E', '#5B3B22', '#D9B264', '#9C4A2A', '#6B4526', '#4A2E1E', '#8E6A3A']
const darkHair = ['#1D1A18', '#2A1C16', '#2E2019', '#241813', '#171210']
const clothes = ['#1B5B45', '#2A5EA6', '#A8402A', '#12697A', '#A8325F', '#85600B', '#566B1C', '#55606B', '#7A3F74']

/** The portrait of a person: the same on every device, for it depends on the id (and, for the sample, the name) alone. */
export function portraitOf(personId: string, name: string): Portrait {
  return drawPortrait(lookOf(personId, name))
}

/** What a person looks like until they choose something else. */
export function lookOf(personId: string, name: string): Look {
  return cast[name] ?? lookFrom(hashOf(personId))
}

function lookFrom(seed: number): Look {
  const skin = 1 + (seed % skins.length)
  const hairColours = skin >= 4 ? darkHair : [...lightHair, ...darkHair]
  return {
    skin,
    hair: pick(chanceHair, seed >>> 3, 'short'),
    hairColour: pick(hairColours, seed >>> 8, '#4A2E1E'),
    shirt: pick(clothes, seed >>> 13, '#1B5B45'),
    background: pick(Object.keys(backgrounds).filter(isBackground), seed >>> 18, 'stone'),
    extras: (seed >>> 24) % 4 === 0 ? 'glasses' : '',
  }
}

/** The parts of a portrait, as they are chosen. */
export interface Look {
  /** 1 (light) to 6 (dark). */
  readonly skin: number
  readonly hair: Hair
  readonly hairColour: string
  readonly shirt: string
  readonly background: Background
  readonly extras?: string
}

/** Draws a look. */
export function drawPortrait({ skin, hair, hairColour, shirt, background, extras = '' }: Look): Portrait {
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

const allHair = Object.keys(hairShapes).filter(isHair)
const hairColours = ['#1D1A18', '#4A2E1E', '#8A4B23', '#9C4A2A', '#C08A3E', '#D9B264', '#B9B4AA', '#7A3F74']
const allClothes = ['#1B5B45', '#2A5EA6', '#A8402A', '#12697A', '#A8325F', '#85600B', '#22302A', '#F0E6D2']
const allExtras = ['', 'glasses', 'beard', 'beard glasses', 'stubble', 'moustache', 'glasses grey', 'grey']

/** Every part of a portrait with the looks that one gets by choosing it; the rest stays as it is. */
export const lookChoices: readonly {
  readonly part: keyof Look
  readonly looks: (look: Look) => readonly Look[]
}[] = [
  { part: 'skin', looks: (look) => skins.map((_, index) => ({ ...look, skin: index + 1 })) },
  { part: 'hair', looks: (look) => allHair.map((hair) => ({ ...look, hair })) },
  { part: 'hairColour', looks: (look) => hairColours.map((hairColour) => ({ ...look, hairColour })) },
  { part: 'extras', looks: (look) => allExtras.map((extras) => ({ ...look, extras })) },
  { part: 'shirt', looks: (look) => allClothes.map((shirt) => ({ ...look, shirt })) },
  {
    part: 'background',
    looks: (look) =>
      Object.keys(backgrounds)
        .filter(isBackground)
        .map((background) => ({ ...look, background })),
  },
]

function isHair(name: string): name is Hair {
  return name in hairShapes
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
