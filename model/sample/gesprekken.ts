import type { ReactionName } from '../act.ts'
import type { SampleName } from './sample-page.ts'

/** What somebody says about a page of the sample, and what others answer. */
export interface SampleThread {
  /** The title of the page. */
  readonly page: string
  readonly by: SampleName
  /** The words that it is about, as they stand in one paragraph of the page; null: the page as a whole. */
  readonly quote: string | null
  readonly text: string
  readonly replies: readonly { readonly by: SampleName; readonly text: string }[]
  readonly reactions: readonly { readonly by: SampleName; readonly reaction: ReactionName }[]
  readonly isResolved: boolean
}

/** How long ago each thread of the sample began: the first the longest. Milliseconds. */
export const sampleThreadEveryMs = 5 * 60 * 60 * 1000

export const sampleThreads: readonly SampleThread[] = [
  {
    page: 'Declareren zonder gedoe',
    by: 'joris',
    quote: 'Zet erbij waarom.',
    text: 'Geldt dat ook voor de piketdienst? Om vier uur ’s nachts rijdt er nooit een trein.',
    replies: [
      { by: 'ravi', text: 'Nee. Voor piket hoef je het waarom niet op te schrijven. Ik zet het erbij.' },
      { by: 'joris', text: 'Dank je, dat scheelt de hele ploeg een formulier.' },
    ],
    reactions: [{ by: 'noor', reaction: 'heart' }],
    isResolved: true,
  },
  {
    page: 'Waar we naartoe werken',
    by: 'thomas',
    quote: 'Inwoners wachten nu gemiddeld negen dagen op een inhoudelijk antwoord.',
    text: 'Bij subsidies ligt het meestal aan ontbrekende stukken. Zullen we dat apart meten?',
    replies: [{ by: 'anouk', text: 'Goed punt. Ik vraag Yara hoe zij dat bij klachten splitst.' }],
    reactions: [
      { by: 'ravi', reaction: 'yes' },
      { by: 'yara', reaction: 'yes' },
    ],
    isResolved: false,
  },
  {
    page: 'Je eerste week',
    by: 'emma',
    quote: 'Loop een halve dag mee met een andere afdeling.',
    text: 'Dit was het beste van mijn week. Mag het ook met de buitendienst?',
    replies: [
      { by: 'kees', text: 'Graag. Dinsdag om half zeven, warme schoenen aan.' },
      { by: 'lotte', text: 'Ik zet de buitendienst erbij als mogelijkheid.' },
    ],
    reactions: [
      { by: 'noor', reaction: 'party' },
      { by: 'lucas', reaction: 'laugh' },
    ],
    isResolved: false,
  },
  {
    page: 'Wat we meten, en wat het kost',
    by: 'ravi',
    quote: 'De werf steeg door de nieuwe elektrische strooiwagens.',
    text: 'Kunnen we de diesel ernaast zetten die we nu niet meer kopen?',
    replies: [{ by: 'daan', text: 'Ja, ik heb de bonnen van vorig jaar. Komt vrijdag.' }],
    reactions: [{ by: 'joris', reaction: 'yes' }],
    isResolved: false,
  },
  {
    page: 'Aan de balie',
    by: 'noor',
    quote: null,
    text: 'Mooi hoe kort dit is geworden. Mag Heldere taal deze pagina als voorbeeld gebruiken?',
    replies: [{ by: 'fatima', text: 'Graag. Neem vooral de zin over de wachtruimte.' }],
    reactions: [],
    isResolved: false,
  },
  {
    page: 'Ideeën en wat ervan kwam',
    by: 'gerda',
    quote: 'Wie durft?',
    text: 'Ik. Maar niet die van het archief: daar staan de filmrollen uit 1962 in.',
    replies: [],
    reactions: [
      { by: 'lotte', reaction: 'laugh' },
      { by: 'kees', reaction: 'laugh' },
    ],
    isResolved: false,
  },
  {
    page: 'Draaiboek gladheid 2026–2027',
    by: 'kees',
    quote: null,
    text: 'Wagen 3 is terug van de garage.',
    replies: [],
    reactions: [],
    isResolved: false,
  },
  {
    page: 'Draaiboek gladheid 2026–2027',
    by: 'fatima',
    quote: 'De brug bij de Lage Zijde gaat altijd eerst',
    text: 'Geldt dit ook als de brug dicht is? Vorig jaar kregen we daar 14 telefoontjes over.',
    replies: [{ by: 'joris', text: 'Goede vraag. Dan rijdt route B eerst. Ik zet het erbij.' }],
    reactions: [],
    isResolved: false,
  },
]

/** Pages of the sample of which an earlier version is kept: without their last section, under this name. */
export const sampleVersions: readonly { readonly page: string; readonly by: SampleName; readonly name: string }[] = [
  { page: 'Declareren zonder gedoe', by: 'ravi', name: 'Voor de nieuwe bedragen' },
  { page: 'Waar we naartoe werken', by: 'anouk', name: 'Zoals besproken in de directie' },
  { page: 'Aan de balie', by: 'fatima', name: 'Zonder het draaiboek bij storing' },
]
