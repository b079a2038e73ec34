import type { PageKind, SpaceKind } from '../kinds.ts'
import type { OrganisationRole, SpaceRole } from '../permission.ts'

/** How the texts of the sample call a person; ids are given where the sample is set up. */
export type SampleName =
  | 'ilse'
  | 'noor'
  | 'joris'
  | 'sem'
  | 'anouk'
  | 'daan'
  | 'emma'
  | 'fatima'
  | 'gerda'
  | 'kees'
  | 'lotte'
  | 'lucas'
  | 'meilin'
  | 'ravi'
  | 'thomas'
  | 'yara'

export interface SamplePerson {
  readonly key: SampleName
  readonly name: string
  readonly email: string
  readonly role: OrganisationRole
  /** Their work, in a few words. */
  readonly job: string
  /** Whether somebody who looks around gets their password. One for each role. */
  readonly signsIn: boolean
}

export interface SamplePage {
  readonly title: string
  readonly kind: PageKind
  readonly icon: string | null
  /** Whose page it is where the kind has an author; for a shared page, who looks after it. */
  readonly keeper: SampleName
  /** The body, without a heading for the title. */
  readonly markdown: string
  readonly children: readonly SamplePage[]
}

export interface SampleSpace {
  readonly name: string
  readonly kind: SpaceKind
  readonly members: readonly { readonly person: SampleName; readonly role: SpaceRole }[]
  readonly pages: readonly SamplePage[]
}

/** A wiki page of the sample; its text begins and ends without empty lines. */
export function samplePage(
  page: { readonly title: string; readonly keeper: SampleName; readonly icon?: string; readonly kind?: PageKind },
  markdown: string,
  children: readonly SamplePage[] = [],
): SamplePage {
  const { title, keeper, icon = null, kind = 'wiki' } = page
  return { title, kind, icon, keeper, markdown: `${markdown.trim()}\n`, children }
}
