import { burgerzaken } from './burgerzaken.ts'
import { energie, nieuwHier } from './dwarsverbanden.ts'
import { financien } from './financien.ts'
import { heldereTaal } from './heldere-taal.ts'
import { openbareRuimte } from './openbare-ruimte.ts'
import { organisatie } from './organisatie.ts'
import type { SampleName, SamplePage, SamplePerson, SampleSpace } from './sample-page.ts'

export interface SampleOrganisation {
  readonly name: string
  readonly people: readonly SamplePerson[]
  readonly spaces: readonly SampleSpace[]
}

/** The organisation that `--demo` and 'look around' show: sixteen people, their departments and the spaces between them, with pages that could be real. */
export const sampleOrganisation: SampleOrganisation = {
  name: 'Gemeente Oeverdam',
  people: [
    {
      key: 'ilse',
      name: 'Ilse Hendriks',
      email: 'ilse.hendriks@oeverdam.example',
      role: 'administrator',
      job: 'Adviseur informatievoorziening',
      signsIn: true,
    },
    {
      key: 'noor',
      name: 'Noor de Wit',
      email: 'noor.dewit@oeverdam.example',
      role: 'community-manager',
      job: 'Adviseur interne communicatie',
      signsIn: true,
    },
    {
      key: 'joris',
      name: 'Joris van Dam',
      email: 'joris.vandam@oeverdam.example',
      role: 'member',
      job: 'Coördinator winterdienst',
      signsIn: true,
    },
    {
      key: 'sem',
      name: 'Sem Bakker',
      email: 'sem.bakker@oeverdam.example',
      role: 'guest',
      job: 'Planner bij Wegenbouw Bakker',
      signsIn: true,
    },
    colleague('anouk', 'Anouk Visser', 'anouk.visser', 'Gemeentesecretaris'),
    colleague('daan', 'Daan Smit', 'daan.smit', 'Informatievoorziening'),
    colleague('emma', 'Emma Willems', 'emma.willems', 'Trainee, sinds september'),
    colleague('fatima', 'Fatima El Amrani', 'fatima.elamrani', 'Teamleider Burgerzaken'),
    colleague('gerda', 'Gerda Scholten', 'gerda.scholten', 'Archivaris'),
    colleague('kees', 'Kees Mulder', 'kees.mulder', 'Buitendienst'),
    colleague('lotte', 'Lotte Bakker', 'lotte.bakker', 'Adviseur personeel'),
    colleague('lucas', 'Lucas Verhoef', 'lucas.verhoef', 'Servicedesk'),
    colleague('meilin', 'Mei Lin Chen', 'mei.linchen', 'Jurist'),
    colleague('ravi', 'Ravi Soekhlal', 'ravi.soekhlal', 'Controller'),
    colleague('thomas', 'Thomas Okafor', 'thomas.okafor', 'Subsidies'),
    colleague('yara', 'Yara Özdemir', 'yara.ozdemir', 'Klantcontact'),
  ],
  spaces: [openbareRuimte, organisatie, financien, burgerzaken, heldereTaal, energie, nieuwHier],
}

function colleague(key: SampleName, name: string, mailbox: string, job: string): SamplePerson {
  return { key, name, email: `${mailbox}@oeverdam.example`, role: 'member', job, signsIn: false }
}

/** Every page of the sample, each before its children. */
export function samplePages(
  pages: readonly SamplePage[] = sampleOrganisation.spaces.flatMap((space) => space.pages),
): SamplePage[] {
  return pages.flatMap((page) => [page, ...samplePages(page.children)])
}
