import type { CalloutKind } from '../../model/page-content.ts'

/** Every text of the editor. One type for both languages, so that a missing text fails to compile. */
export interface EditorTexts {
  readonly label: string
  readonly placeholderPage: string
  readonly placeholderParagraph: string
  readonly task: (text: string) => string
  readonly imageMissing: string
  readonly imageElsewhere: (site: string) => string
  readonly newerVersion: string
  readonly newerVersionBlock: string
  readonly toolbar: string
  readonly bold: string
  readonly italic: string
  readonly strike: string
  readonly code: string
  readonly link: string
  readonly linkAddress: string
  readonly linkApply: string
  readonly linkRemove: string
  readonly comment: string
  readonly linkOpen: string
  readonly linkRefused: string
  readonly tableTools: string
  readonly rowAbove: string
  readonly rowBelow: string
  readonly columnLeft: string
  readonly columnRight: string
  readonly deleteRow: string
  readonly deleteColumn: string
  readonly headerRow: string
  readonly deleteTable: string
  readonly slashMenu: string
  readonly slashNothing: string
  readonly slashCount: (count: number) => string
  readonly calloutKind: Readonly<Record<CalloutKind, string>>
  readonly toggleFlip: string
  readonly choose: string
  readonly close: string
  readonly blocks: Readonly<Record<SlashBlock, SlashText>>
}

export const slashBlocks = [
  'text',
  'heading1',
  'heading2',
  'heading3',
  'bulletList',
  'orderedList',
  'taskList',
  'table',
  'quote',
  'codeBlock',
  'image',
  'rule',
] as const
export type SlashBlock = (typeof slashBlocks)[number]

/** `words` are other words by which people look for the block, lower case. */
export interface SlashText {
  readonly title: string
  readonly about: string
  readonly words: readonly string[]
}

export const editorTextsNl: EditorTexts = {
  label: 'Tekst van de pagina',
  placeholderPage: 'Begin te schrijven, of typ / voor een kop, lijst of tabel',
  placeholderParagraph: 'Typ / voor een kop, lijst of tabel',
  task: (text) => (text === '' ? 'Lege taak' : `Taak: ${text}`),
  imageMissing: 'Afbeelding staat niet op deze laptop',
  imageElsewhere: (site) => `Afbeelding op ${site}`,
  newerVersion:
    'Deze pagina is gemaakt met een nieuwere versie van Plein. Je kunt haar hier lezen; werk Plein bij om te schrijven.',
  newerVersionBlock: 'Gemaakt met een nieuwere versie van Plein',
  toolbar: 'Opmaak',
  bold: 'Vet',
  italic: 'Cursief',
  strike: 'Doorgestreept',
  code: 'Code',
  link: 'Link',
  linkAddress: 'Adres van de link',
  linkApply: 'Link zetten',
  linkRemove: 'Link weghalen',
  comment: 'Reageren',
  linkOpen: 'Link openen',
  linkRefused: 'Dit adres kan geen link zijn. Gebruik een adres dat met https:// begint, of een e-mailadres.',
  tableTools: 'Tabel',
  rowAbove: 'Rij erboven',
  rowBelow: 'Rij eronder',
  columnLeft: 'Kolom links',
  columnRight: 'Kolom rechts',
  deleteRow: 'Rij verwijderen',
  deleteColumn: 'Kolom verwijderen',
  headerRow: 'Koprij aan of uit',
  deleteTable: 'Tabel verwijderen',
  slashMenu: 'Blok invoegen',
  slashNothing: 'Niets gevonden',
  slashCount: (count) => (count === 1 ? '1 blok' : `${count} blokken`),
  calloutKind: { note: 'Opmerking', warning: 'Let op' },
  toggleFlip: 'Openen of sluiten',
  choose: 'kiezen',
  close: 'sluiten',
  blocks: {
    text: { title: 'Tekst', about: 'Gewone alinea', words: ['alinea', 'paragraaf'] },
    heading1: { title: 'Kop 1', about: 'Grote kop', words: ['h1', 'titel', 'hoofdstuk'] },
    heading2: { title: 'Kop 2', about: 'Gewone kop', words: ['h2', 'tussenkop'] },
    heading3: { title: 'Kop 3', about: 'Kleine kop', words: ['h3', 'tussenkop'] },
    bulletList: { title: 'Lijst', about: 'Met punten', words: ['opsomming', 'punten'] },
    orderedList: { title: 'Genummerde lijst', about: 'Met cijfers', words: ['opsomming', 'nummers', 'stappen'] },
    taskList: { title: 'Takenlijst', about: 'Om af te vinken', words: ['taak', 'todo', 'afvinken', 'vinkjes'] },
    table: { title: 'Tabel', about: 'Rijen en kolommen', words: ['rijen', 'kolommen'] },
    quote: { title: 'Citaat', about: 'Woorden van een ander', words: ['aanhaling', 'quote'] },
    codeBlock: { title: 'Code', about: 'Broncode, letterlijk', words: ['broncode', 'programma'] },
    image: { title: 'Afbeelding', about: 'Van deze laptop', words: ['foto', 'plaatje'] },
    rule: { title: 'Lijn', about: 'Scheiding tussen delen', words: ['scheiding', 'streep'] },
  },
}

export const editorTextsEn: EditorTexts = {
  label: 'Text of the page',
  placeholderPage: 'Start writing, or type / for a heading, list or table',
  placeholderParagraph: 'Type / for a heading, list or table',
  task: (text) => (text === '' ? 'Empty task' : `Task: ${text}`),
  imageMissing: 'Image is not on this laptop',
  imageElsewhere: (site) => `Image at ${site}`,
  newerVersion: 'This page was made with a newer version of Plein. You can read it here; update Plein to write.',
  newerVersionBlock: 'Made with a newer version of Plein',
  toolbar: 'Formatting',
  bold: 'Bold',
  italic: 'Italic',
  strike: 'Strikethrough',
  code: 'Code',
  link: 'Link',
  linkAddress: 'Address of the link',
  linkApply: 'Set link',
  linkRemove: 'Remove link',
  comment: 'Comment',
  linkOpen: 'Open link',
  linkRefused: 'This address cannot be a link. Use an address that begins with https://, or an e-mail address.',
  tableTools: 'Table',
  rowAbove: 'Row above',
  rowBelow: 'Row below',
  columnLeft: 'Column left',
  columnRight: 'Column right',
  deleteRow: 'Delete row',
  deleteColumn: 'Delete column',
  headerRow: 'Header row on or off',
  deleteTable: 'Delete table',
  slashMenu: 'Insert a block',
  slashNothing: 'Nothing found',
  slashCount: (count) => (count === 1 ? '1 block' : `${count} blocks`),
  calloutKind: { note: 'Note', warning: 'Warning' },
  toggleFlip: 'Open or close',
  choose: 'choose',
  close: 'close',
  blocks: {
    text: { title: 'Text', about: 'Plain paragraph', words: ['paragraph'] },
    heading1: { title: 'Heading 1', about: 'Large heading', words: ['h1', 'title', 'chapter'] },
    heading2: { title: 'Heading 2', about: 'Usual heading', words: ['h2'] },
    heading3: { title: 'Heading 3', about: 'Small heading', words: ['h3'] },
    bulletList: { title: 'List', about: 'With bullets', words: ['bullets', 'points'] },
    orderedList: { title: 'Numbered list', about: 'With numbers', words: ['ordered', 'steps'] },
    taskList: { title: 'Task list', about: 'To tick off', words: ['todo', 'task', 'checkbox', 'tick'] },
    table: { title: 'Table', about: 'Rows and columns', words: ['rows', 'columns'] },
    quote: { title: 'Quote', about: "Somebody else's words", words: ['blockquote', 'citation'] },
    codeBlock: { title: 'Code', about: 'Source code, as it is', words: ['source', 'program'] },
    image: { title: 'Image', about: 'From this laptop', words: ['photo', 'picture'] },
    rule: { title: 'Line', about: 'Between two parts', words: ['divider', 'separator'] },
  },
}

/** The editor's own language follows the interface. */
export function editorTexts(language: string): EditorTexts {
  return language.startsWith('nl') ? editorTextsNl : editorTextsEn
}
