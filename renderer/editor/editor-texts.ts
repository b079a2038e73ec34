import type { CalloutKind } from '../../model/page-content.ts'
import type { FileState } from '../documents/files.ts'

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
  readonly linkToPage: string
  readonly mentionPerson: string
  readonly createPage: (title: string) => string
  readonly choiceCount: (count: number) => string
  readonly pageGone: string
  readonly file: string
  readonly size: (bytes: number) => string
  readonly fileState: Readonly<Record<FileState['kind'], string>>
  readonly fileNotKept: (name: string) => string
  readonly fileNotHere: (name: string) => string
  readonly imageTools: string
  readonly imageLeft: string
  readonly imageCenter: string
  readonly imageRight: string
  readonly imageNarrower: string
  readonly imageWider: string
  readonly imageCaption: string
  readonly imageAlt: string
  readonly blockHandle: string
  readonly turnInto: string
  readonly duplicateBlock: string
  readonly deleteBlock: string
  readonly find: string
  readonly findNext: string
  readonly findPrevious: string
  readonly found: (current: number, count: number) => string
  readonly matchCase: string
  readonly wholeWords: string
  readonly replaceWith: string
  readonly replace: string
  readonly replaceAll: string
  readonly outline: string
  readonly outlineHide: string
  readonly outlineEmpty: string
  readonly outlineUntitled: string
  readonly columnWider: string
  readonly columnNarrower: string
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
  'callout',
  'warning',
  'toggle',
  'file',
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
  linkToPage: 'Link naar een pagina',
  mentionPerson: 'Noem een collega',
  createPage: (title) => `Maak ‘${title}’`,
  choiceCount: (count) => (count === 1 ? '1 voorstel' : `${count} voorstellen`),
  pageGone: 'Deze pagina is weg of niet voor jou te lezen',
  file: 'Bestand',
  size: (bytes) => sizeWords(bytes, 'nl'),
  fileState: {
    here: 'op deze laptop',
    waiting: 'wacht op deze laptop',
    uploading: 'wordt verstuurd',
    'on-server': 'op de server',
    'not-here': 'niet op deze laptop',
    fetching: 'wordt opgehaald',
    'fetch-failed': 'ophalen lukte niet',
    refused: 'de server neemt dit niet aan',
  },
  fileNotKept: (name) => `‘${name}’ kon niet op deze laptop worden bewaard. Het bestand staat nog waar het stond.`,
  fileNotHere: (name) => `‘${name}’ is nu niet op te halen. Probeer het opnieuw als je verbinding hebt.`,
  imageTools: 'Afbeelding',
  imageLeft: 'Links',
  imageCenter: 'In het midden',
  imageRight: 'Rechts',
  imageNarrower: 'Kleiner',
  imageWider: 'Groter',
  imageCaption: 'Bijschrift',
  imageAlt: 'Beschrijving voor wie de afbeelding niet ziet',
  blockHandle: 'Blok verplaatsen of veranderen',
  turnInto: 'Maak er dit van',
  duplicateBlock: 'Dupliceren',
  deleteBlock: 'Verwijderen',
  find: 'Zoeken op deze pagina',
  findNext: 'Volgende',
  findPrevious: 'Vorige',
  found: (current, count) => (count === 0 ? 'Niets gevonden' : `${current} van ${count}`),
  matchCase: 'Hoofdletters tellen mee',
  wholeWords: 'Alleen hele woorden',
  replaceWith: 'Vervangen door',
  replace: 'Vervang',
  replaceAll: 'Vervang alles',
  outline: 'Inhoud van deze pagina',
  outlineHide: 'Inhoud sluiten',
  outlineEmpty: 'Deze pagina heeft nog geen koppen',
  outlineUntitled: 'Kop zonder tekst',
  columnWider: 'Kolom breder',
  columnNarrower: 'Kolom smaller',
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
    callout: { title: 'Opmerking', about: 'Kader dat opvalt', words: ['kader', 'notitie', 'info', 'callout'] },
    warning: { title: 'Let op', about: 'Kader dat waarschuwt', words: ['kader', 'waarschuwing', 'callout'] },
    toggle: { title: 'Uitklapblok', about: 'Kop die tekst verbergt', words: ['inklappen', 'details', 'toggle'] },
    file: { title: 'Bestand', about: 'Van deze laptop', words: ['bijlage', 'pdf', 'document'] },
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
  linkToPage: 'Link to a page',
  mentionPerson: 'Mention a colleague',
  createPage: (title) => `Create “${title}”`,
  choiceCount: (count) => (count === 1 ? '1 suggestion' : `${count} suggestions`),
  pageGone: 'This page is gone, or not yours to read',
  file: 'File',
  size: (bytes) => sizeWords(bytes, 'en-GB'),
  fileState: {
    here: 'on this laptop',
    waiting: 'waiting on this laptop',
    uploading: 'being sent',
    'on-server': 'on the server',
    'not-here': 'not on this laptop',
    fetching: 'being fetched',
    'fetch-failed': 'could not be fetched',
    refused: 'the server does not take this',
  },
  fileNotKept: (name) => `“${name}” could not be kept on this laptop. The file is still where it was.`,
  fileNotHere: (name) => `“${name}” cannot be fetched now. Try again when you are connected.`,
  imageTools: 'Image',
  imageLeft: 'Left',
  imageCenter: 'Centred',
  imageRight: 'Right',
  imageNarrower: 'Smaller',
  imageWider: 'Larger',
  imageCaption: 'Caption',
  imageAlt: 'Description for who cannot see the image',
  blockHandle: 'Move or change this block',
  turnInto: 'Turn into',
  duplicateBlock: 'Duplicate',
  deleteBlock: 'Delete',
  find: 'Find on this page',
  findNext: 'Next',
  findPrevious: 'Previous',
  found: (current, count) => (count === 0 ? 'Nothing found' : `${current} of ${count}`),
  matchCase: 'Match case',
  wholeWords: 'Whole words only',
  replaceWith: 'Replace with',
  replace: 'Replace',
  replaceAll: 'Replace all',
  outline: 'Contents of this page',
  outlineHide: 'Close contents',
  outlineEmpty: 'This page has no headings yet',
  outlineUntitled: 'Heading without text',
  columnWider: 'Wider column',
  columnNarrower: 'Narrower column',
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
    callout: { title: 'Note', about: 'A box that stands out', words: ['callout', 'info', 'box'] },
    warning: { title: 'Warning', about: 'A box that warns', words: ['callout', 'caution', 'box'] },
    toggle: { title: 'Toggle', about: 'A heading that hides text', words: ['details', 'collapse', 'fold'] },
    file: { title: 'File', about: 'From this laptop', words: ['attachment', 'pdf', 'document'] },
  },
}

/** In the units that people see elsewhere: 1 kB is 1,000 bytes. */
function sizeWords(bytes: number, language: string): string {
  const units = ['kB', 'MB', 'GB'] as const
  const power = Math.min(Math.max(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), 1), units.length)
  const value = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(bytes / 1000 ** power)
  return `${value} ${units[power - 1] ?? 'kB'}`
}

/** The editor's own language follows the interface. */
export function editorTexts(language: string): EditorTexts {
  return language.startsWith('nl') ? editorTextsNl : editorTextsEn
}
