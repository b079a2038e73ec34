import {
  IconBike,
  IconBolt,
  IconBook,
  IconBulb,
  IconCalendar,
  IconChecklist,
  IconCoffee,
  IconCoins,
  IconConfetti,
  IconFlag,
  IconHeartHandshake,
  IconHome,
  IconKey,
  IconMap,
  IconMessage,
  IconPhone,
  IconPin,
  IconPlant2,
  IconReceipt,
  IconSnowflake,
  IconSpeakerphone,
  IconTool,
  IconTree,
  IconUsers,
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
  flag: IconFlag,
  phone: IconPhone,
  receipt: IconReceipt,
  coins: IconCoins,
  users: IconUsers,
  message: IconMessage,
  bolt: IconBolt,
  seedling: IconPlant2,
} as const

export type PageIconName = keyof typeof pageIcons

export const pageIconNames = Object.keys(pageIcons).filter(isPageIconName)

export function isPageIconName(name: string): name is PageIconName {
  return Object.hasOwn(pageIcons, name)
}
