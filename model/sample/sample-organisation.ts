import { heldereTaal } from './heldere-taal.ts'
import { openbareRuimte } from './openbare-ruimte.ts'
import type { SamplePage, SamplePerson, SampleSpace } from './sample-page.ts'

export interface SampleOrganisation {
  readonly name: string
  readonly people: readonly SamplePerson[]
  readonly spaces: readonly SampleSpace[]
}

/** The organisation that `--demo` and 'look around' show: four people, two spaces and twenty pages that could be real. */
export const sampleOrganisation: SampleOrganisation = {
  name: 'Gemeente Oeverdam',
  people: [
    {
      key: 'ilse',
      name: 'Ilse Hendriks',
      email: 'ilse.hendriks@oeverdam.example',
      role: 'administrator',
      job: 'Adviseur informatievoorziening',
    },
    {
      key: 'noor',
      name: 'Noor de Wit',
      email: 'noor.dewit@oeverdam.example',
      role: 'community-manager',
      job: 'Adviseur interne communicatie',
    },
    {
      key: 'joris',
      name: 'Joris van Dam',
      email: 'joris.vandam@oeverdam.example',
      role: 'member',
      job: 'Coördinator winterdienst',
    },
    {
      key: 'sem',
      name: 'Sem Bakker',
      email: 'sem.bakker@oeverdam.example',
      role: 'guest',
      job: 'Planner bij Wegenbouw Bakker',
    },
  ],
  spaces: [openbareRuimte, heldereTaal],
}

/** Every page of the sample, each before its children. */
export function samplePages(
  pages: readonly SamplePage[] = sampleOrganisation.spaces.flatMap((space) => space.pages),
): SamplePage[] {
  return pages.flatMap((page) => [page, ...samplePages(page.children)])
}
