/** One shape of a drawn portrait, as the data of an SVG path on a field of 64 by 64. */
type Shape = string

function circle(x: number, y: number, radius: number): Shape {
  return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`
}

export type Hair =
  | 'short'
  | 'crop'
  | 'quiff'
  | 'mid'
  | 'bob'
  | 'fringe'
  | 'long'
  | 'bun'
  | 'curly'
  | 'curlylong'
  | 'afro'
  | 'bald'
  | 'hijab'

/** Hair behind the head and in front of it. */
export const hairShapes: Readonly<
  Record<Hair, { readonly behind: readonly Shape[]; readonly front: readonly Shape[] }>
> = {
  short: {
    behind: [],
    front: [
      'M19 29C16.8 16 23 10.2 33 10.2C43 10.2 47.4 17 45 29C44.4 25 43.2 22.6 41 21C35 21.6 28.5 20.2 25 17.4C23.8 20.4 20.2 22.5 19 29Z',
    ],
  },
  crop: {
    behind: [],
    front: [
      'M19.2 28C17.8 16.5 23.5 11 32 11C40.5 11 46.2 16.5 44.8 28C44.2 22.8 41.5 19.8 38.5 19.2Q32 18 25.5 19.2C22.5 19.8 19.8 22.8 19.2 28Z',
    ],
  },
  quiff: {
    behind: [],
    front: [
      'M19.3 28C17.6 21.5 19.2 17.8 21.6 16.2C22 10 30 6.8 36 8.6C44 9.2 47.2 17 44.8 28C44.2 23.4 42.6 20.6 40 19.2C34.5 21.2 27.5 20.8 24 18.6C21.8 20.6 20 23.4 19.3 28Z',
    ],
  },
  mid: {
    behind: ['M16 44C13 22 18 9.5 32 9.5C46 9.5 51 22 48 44C48 47 44 48 42 46L22 46C20 48 16 47 16 44Z'],
    front: ['M19 31C17 17 24 11 32 11C40 11 47 17 45 31C44.3 24.5 40 20 35.5 15.5C31.5 21 21.5 22.5 19 31Z'],
  },
  bob: {
    behind: [
      'M15.5 40C12.5 20 19 9.5 32 9.5C45 9.5 51.5 20 48.5 40C47.5 42.5 43 42.5 42 40L22 40C21 42.5 16.5 42.5 15.5 40Z',
    ],
    front: ['M19 29C18 16.5 24 11 32 11C40 11 46 16.5 45 29C43.5 23.5 40 21 36 19C30 21.8 22 22 19 29Z'],
  },
  fringe: {
    behind: ['M15.5 46C13 22 19 9.5 32 9.5C45 9.5 51 22 48.5 46L42 46L22 46Z'],
    front: [
      'M19 30C18 16 24 11 32 11C40 11 46 16 45 30C44.2 26.5 43.4 24.5 42.6 23.4Q32 21.4 21.4 23.4C20.6 24.5 19.8 26.5 19 30Z',
    ],
  },
  long: {
    behind: ['M14 60C12 24 17 9 32 9C47 9 52 24 50 60L40 60L24 60Z'],
    front: ['M19 32C17 17 24 11 32 11C40 11 47 17 45 32C44 24.5 38.5 21.5 32.5 15.8C26 21.5 20 24.5 19 32Z'],
  },
  bun: {
    behind: [circle(32, 8.5, 6.5)],
    front: [
      'M19 29C17.6 17 24 11.5 32 11.5C40 11.5 46.4 17 45 29C44 23.5 40.5 19.5 36 18Q32 16.8 28 18C23.5 19.5 20 23.5 19 29Z',
    ],
  },
  curly: {
    behind: [],
    front: [
      circle(20, 24, 4.5),
      circle(21.5, 18, 5),
      circle(26.5, 13.5, 5.2),
      circle(33, 12, 5.4),
      circle(39, 14.5, 5.2),
      circle(43, 19, 4.8),
      circle(44.5, 24.5, 4.2),
      'M22 20Q32 12 42 20L40 22Q32 16 24 22Z',
    ],
  },
  curlylong: {
    behind: [
      circle(18, 26, 7),
      circle(46, 26, 7),
      circle(16.5, 36, 7),
      circle(47.5, 36, 7),
      circle(18, 45, 6.5),
      circle(46, 45, 6.5),
      circle(22, 17, 7),
      circle(42, 17, 7),
      circle(32, 13, 8),
    ],
    front: ['M20 27C20 17 25 13 32 13C39 13 44 17 44 27C42.5 22.5 38 21.5 33 18C29 22 22 22 20 27Z'],
  },
  afro: {
    behind: [circle(32, 23, 19)],
    front: ['M19.5 27C19 17 25 13 32 13C39 13 45 17 44.5 27C43 21.5 38 19.5 32 19.5C26 19.5 21 21.5 19.5 27Z'],
  },
  bald: {
    behind: [],
    front: [
      'M19.2 30C18.6 27 18.6 24 19.6 21.5C20.8 24 20.4 27 19.2 30ZM44.8 30C45.4 27 45.4 24 44.4 21.5C43.2 24 43.6 27 44.8 30Z',
    ],
  },
  hijab: { behind: ['M14.5 50C11 30 16 8.5 32 8.5C48 8.5 53 30 49.5 50Q46 57 32 57Q18 57 14.5 50Z'], front: [] },
}
