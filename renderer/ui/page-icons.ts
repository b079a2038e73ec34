import {
  IconBike,
  IconBook,
  IconBulb,
  IconCalendar,
  IconChecklist,
  IconCoffee,
  IconConfetti,
  IconHeartHandshake,
  IconHome,
  IconKey,
  IconMap,
  IconPin,
  IconSnowflake,
  IconSpeakerphone,
  IconTool,
  IconTree,
} from '@tabler/icons-react'

/** The icons that a page can have. Drawn, so that they look the same where no font has emoji; the names are stored. */
export const pageIcons = {
  pin: IconPin,
  speakerphone: IconSpeakerphone,
  calendar: IconCalendar,
  checklist: IconChecklist,
  tool: IconTool,
  map: IconMap,
  tree: IconTree,
  snowflake: IconSnowflake,
  bike: IconBike,
  home: IconHome,
  key: IconKey,
  book: IconBook,
  bulb: IconBulb,
  handshake: IconHeartHandshake,
  confetti: IconConfetti,
  coffee: IconCoffee,
} as const

export type PageIconName = keyof typeof pageIcons

export const pageIconNames = Object.keys(pageIcons).filter(isPageIconName)

export function isPageIconName(name: string): name is PageIconName {
  return Object.hasOwn(pageIcons, name)
}
