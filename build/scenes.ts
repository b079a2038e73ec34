import type { Page } from 'playwright'

export interface Account {
  readonly role: string
  readonly email: string
  readonly password: string
}

/** What a scene finds when it begins: a server with the sample organisation, and a laptop for everybody who comes. */
export interface Stage {
  readonly url: string
  /** A browser with an empty profile, in the size, colours and language of the scene. */
  openLaptop(): Promise<Page>
  account(role: string): Account
  /** The server is gone from one moment to the next, as when a cable is pulled. */
  crashServer(): Promise<void>
  /** It is back, at the same address and with all it had. */
  startServer(): Promise<void>
}

export interface Scene {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly scheme: 'light' | 'dark'
  readonly language: 'nl-NL' | 'en-GB'
  /** Brings a laptop to what the picture shows, waits until that is there, and answers that laptop. */
  readonly play: (stage: Stage) => Promise<Page>
}

const large = { width: 1440, height: 900 } as const
const small = { width: 1366, height: 768 } as const

/** The pictures of README and docs, in order. A new screen adds its scene here. */
export const scenes: readonly Scene[] = [
  { name: 'welcome', ...large, scheme: 'light', language: 'en-GB', play: invited },
  { name: 'arrival', ...large, scheme: 'light', language: 'nl-NL', play: arrived },
  { name: 'home', ...large, scheme: 'light', language: 'nl-NL', play: (stage) => signedIn(stage, 'community-manager') },
  { name: 'page', ...large, scheme: 'light', language: 'nl-NL', play: writingTogether },
  { name: 'page', ...large, scheme: 'dark', language: 'nl-NL', play: withReceipt },
  { name: 'offline', ...large, scheme: 'light', language: 'nl-NL', play: offline },
  { name: 'offline', ...large, scheme: 'dark', language: 'nl-NL', play: offline },
  { name: 'away', ...large, scheme: 'light', language: 'nl-NL', play: away },
  { name: 'palette', ...large, scheme: 'light', language: 'nl-NL', play: palette },
  { name: 'compact', ...small, scheme: 'light', language: 'nl-NL', play: offline },
]

/** Such as `page-light-1440x900`. */
export function pictureName({ name, scheme, width, height }: Scene): string {
  return `${name}-${scheme}-${width}x${height}`
}

async function invited(stage: Stage): Promise<Page> {
  const page = await stage.openLaptop()
  await page.goto(await invitation(stage))
  await page.getByText('Invited by').waitFor()
  return page
}

async function invitation(stage: Stage): Promise<string> {
  const page = await signedIn(stage, 'administrator')
  await page.getByRole('button', { name: /^Organisati/ }).click()
  await page.getByRole('menuitem', { name: /^(Invite a colleague|Collega uitnodigen)$/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /^(Make a link|Link maken)$/ }).click()
  return dialog.getByRole('textbox').inputValue()
}

async function signedIn(stage: Stage, role: string): Promise<Page> {
  const page = await stage.openLaptop()
  const { email, password } = stage.account(role)
  await page.goto(`${stage.url}/#/sign-in`)
  await page.getByLabel(/^E-mail/).fill(email)
  await page.getByLabel(/^(Password|Wachtwoord)$/).fill(password)
  await page.keyboard.press('Enter')
  await page.getByText(/^(Connected|Verbonden)$/).waitFor()
  await page.getByRole('treeitem').nth(6).waitFor()
  return page
}

async function openDraaiboek(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('draaiboek')
  await page
    .getByRole('option', { name: /^Draaiboek gladheid/ })
    .first()
    .click()
  await page.locator('.ProseMirror h2').first().waitFor()
}

async function typeAfter(page: Page, start: string, text: string): Promise<void> {
  await page.locator('.ProseMirror p', { hasText: start }).first().click()
  await page.keyboard.press('End')
  await page.keyboard.type(text)
}

async function onDraaiboek(stage: Stage, role: string): Promise<Page> {
  const page = await signedIn(stage, role)
  await openDraaiboek(page)
  return page
}

async function writingTogether(stage: Stage): Promise<Page> {
  const noor = await onDraaiboek(stage, 'community-manager')
  const joris = await onDraaiboek(stage, 'member')
  const ilse = await onDraaiboek(stage, 'administrator')
  await typeAfter(joris, 'Bericht voor bewoners', ' en vertalen')
  await typeAfter(noor, 'Rijdt een route niet', ' ')
  await noor.keyboard.press('Enter')
  await typeAfter(ilse, 'Rooster rondsturen', ' en ophangen')
  await noor.getByText('en ophangen').waitFor()
  await noor.getByText('en vertalen').waitFor()
  await noor.keyboard.type('/ta')
  await noor.getByRole('option').first().waitFor()
  // A caret shows its name for as long as somebody writes, and a little longer.
  await typeAfter(joris, 'Bericht voor bewoners', '.')
  await typeAfter(ilse, 'Rooster rondsturen', '.')
  await noor.getByText('en vertalen.').waitFor()
  await noor.getByText('en ophangen.').waitFor()
  return noor
}

async function withReceipt(stage: Stage): Promise<Page> {
  const noor = await onDraaiboek(stage, 'community-manager')
  const joris = await onDraaiboek(stage, 'member')
  await typeAfter(noor, 'Rijdt een route niet', ' Dat mag ook ’s nachts.')
  await noor.getByRole('button', { name: 'Ontvangst: Op de server' }).click()
  await typeAfter(joris, 'Rooster rondsturen', ' en ophangen')
  await noor.getByText('en ophangen').waitFor()
  return noor
}

async function offline(stage: Stage): Promise<Page> {
  const noor = await onDraaiboek(stage, 'community-manager')
  const joris = await onDraaiboek(stage, 'member')
  await typeAfter(joris, 'Bericht voor bewoners', ' en vertalen')
  await noor.getByText('en vertalen').waitFor()
  await typeAfter(noor, 'Rooster rondsturen', ' en ophangen')
  await noor.getByRole('button', { name: 'Ontvangst: Op de server' }).waitFor()
  await stage.crashServer()
  await noor.getByText(/^Offline sinds/).waitFor()
  await noor.getByText(/^Tot .* hier$/).waitFor()
  await typeAfter(noor, 'Rooster rondsturen', ' bij de koffie')
  await typeAfter(noor, 'Rijdt een route niet', ' Bel ook de balie.')
  await noor.getByRole('button', { name: /^Ontvangst: Offline/ }).click()
  await noor.getByRole('button', { name: 'Probeer nu' }).waitFor()
  return noor
}

async function arrived(stage: Stage): Promise<Page> {
  const link = await invitation(stage)
  const emma = await stage.openLaptop()
  await emma.goto(link)
  await emma.getByRole('button', { name: /^(Verder|Continue)/ }).click()
  await emma.getByLabel('Je naam').fill('Emma Bakker')
  await emma.getByLabel(/^E-mail/).fill('emma@oeverdam.example')
  await emma.getByLabel('Wachtwoord', { exact: true }).fill('een lange zin om te onthouden')
  await emma.keyboard.press('Enter')
  await emma.getByRole('heading', { name: /^Welkom, Emma/ }).waitFor()
  await emma.getByRole('heading', { name: 'Mensen om mee te beginnen' }).waitFor()
  return emma
}

async function away(stage: Stage): Promise<Page> {
  const noor = await onDraaiboek(stage, 'community-manager')
  const joris = await onDraaiboek(stage, 'member')
  await typeAfter(joris, 'Rijdt een route niet', ' Dat mag ook ’s nachts.')
  await noor.getByText('’s nachts').waitFor()
  await noor.getByRole('button', { name: 'Ontvangst: Op de server' }).waitFor()
  await stage.crashServer()
  await noor.getByText(/^Offline sinds/).waitFor()
  // Noor comes back last: hers is the review.
  await noor.context().route('**/api/tickets', (route) => route.abort())
  await typeAfter(noor, 'Rijdt een route niet', ' Neem een legitimatiebewijs mee.')
  await typeAfter(joris, 'Rooster rondsturen', ' en ophangen')
  // The whole paragraph, not its words alone.
  await joris.locator('.ProseMirror p', { hasText: 'Rijdt een route niet' }).click({ clickCount: 3 })
  await joris.keyboard.press('Delete')
  await joris.keyboard.press('Backspace')
  await stage.startServer()
  await joris.getByRole('button', { name: 'Ontvangst: Op de server' }).waitFor({ timeout: 60_000 })
  await noor.context().unroute('**/api/tickets')
  const entry = noor.getByRole('link', { name: /^Terwijl je weg was/ })
  await entry.click({ timeout: 60_000 })
  await noor.getByRole('complementary', { name: 'Terwijl je weg was' }).getByRole('listitem').first().waitFor()
  return noor
}

async function palette(stage: Stage): Promise<Page> {
  const noor = await onDraaiboek(stage, 'community-manager')
  await stage.crashServer()
  await noor.getByText(/^Offline sinds/).waitFor()
  await noor.keyboard.press('Control+k')
  await noor.getByRole('combobox').fill('zout brug')
  await noor.locator('[role=option] mark').first().waitFor()
  return noor
}
