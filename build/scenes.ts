import type { Page } from 'playwright'

/** What a scene finds when it begins: a fresh browser profile and a server with the sample organisation. */
export interface Stage {
  readonly page: Page
  readonly url: string
  readonly accounts: readonly Account[]
}

export interface Account {
  readonly role: string
  readonly email: string
  readonly password: string
}

export interface Scene {
  /** Begins the picture's file name, so that pictures sort as in a tour: `01-welcome`. */
  readonly name: string
  /** Brings the page to what the picture shows, and waits until that is there. */
  readonly play: (stage: Stage) => Promise<void>
}

/** The pictures of README and docs, in order. A new screen adds its scene here. */
export const scenes: readonly Scene[] = [
  {
    name: '01-welcome',
    play: async ({ page, url }) => {
      await page.goto(url)
      await page.getByRole('heading').first().waitFor()
    },
  },
]
