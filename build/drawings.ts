import type { Drawing, Landmark } from './design.ts'

/** The window around every page, in Dutch. */
const frame: readonly Landmark[] = [
  { name: 'organisation', drawn: '.org', app: 'role=button[name=/^Organisatie/]', compare: 'text' },
  { name: 'search field', drawn: '.sidebar .search', app: '[class*="_search_"]' },
  { name: 'first line of the sidebar', drawn: '.nav a', app: 'role=link[name="Start"]' },
  { name: 'words over the spaces', drawn: '.side-h .eyebrow', app: 'text="Ruimtes"', compare: 'none' },
  { name: 'first space', drawn: '.tree .space', app: 'role=treeitem[level=1]', from: 'words over the spaces' },
  { name: 'a branch', drawn: '.tree .lv1', app: 'role=treeitem[level=2][expanded=true]', compare: 'none' },
  { name: 'a page in it', drawn: '.tree .lv2', app: 'role=treeitem[level=3]', from: 'a branch' },
  { name: 'name at the foot', drawn: '.me b', app: 'text="Noor de Wit"', compare: 'text' },
  { name: 'tab in front', drawn: '.tab.on', app: '[class*="_tab_"]', compare: 'line' },
  { name: 'path', drawn: '.crumbs', app: '[class*="_crumbs_"]', compare: 'text' },
]

const pageHead: readonly Landmark[] = [
  { name: 'receipt', drawn: '.receipt', app: 'role=button[name=/^Ontvangst/]', compare: 'line' },
  { name: 'title', drawn: '.doc h1', app: 'role=main >> h1', compare: 'text' },
  { name: 'line under the title', drawn: '.byline', app: '[class*="_byline_"]', compare: 'text' },
]

const pageBody: readonly Landmark[] = [
  { name: 'first paragraph', drawn: '.doc p', app: '.ProseMirror p', compare: 'none' },
  { name: 'heading', drawn: '.doc h2', app: '.ProseMirror h2', compare: 'none' },
  { name: 'table', drawn: '.doc table', app: '.ProseMirror table', from: 'heading', compare: 'line' },
  { name: 'head of the table', drawn: '.doc thead tr', app: '.ProseMirror tr', from: 'heading' },
  { name: 'row of the table', drawn: '.doc tbody tr >> nth=1', app: '.ProseMirror tr >> nth=2', from: 'heading' },
  {
    name: 'first task',
    drawn: '.doc .task',
    app: '.ProseMirror [class*="task"], .ProseMirror [data-checked]',
    compare: 'none',
  },
]

const offlineCard: readonly Landmark[] = [
  { name: 'opened receipt', drawn: '.pop', app: 'role=dialog', compare: 'place' },
]

/** By the name of the scene and its colours. */
export const drawings: Readonly<Record<string, Drawing>> = {
  'welcome-light': {
    picture: 'g1-first-run',
    mock: 'g-first-run.html',
    landmarks: [
      { name: 'houses', drawn: '.art', app: '[class*="_art_"]' },
      { name: 'mark', drawn: '.say .org-mark', app: 'role=main >> svg', compare: 'none' },
      { name: 'title', drawn: '.say h1', app: 'h1', compare: 'text' },
      { name: 'invitation', drawn: '.field', app: 'role=textbox', compare: 'text' },
    ],
  },
  'arrival-light': {
    picture: 'g2-joining',
    mock: 'g-joining.html',
    landmarks: [{ name: 'title', drawn: '.say h1', app: 'h1', compare: 'text' }],
  },
  'page-light': { picture: 'a1-wiki-light', mock: 'a-wiki.html', landmarks: [...frame, ...pageHead, ...pageBody] },
  'page-dark': { picture: 'a2-wiki-dark', mock: 'a-wiki.html?dark', landmarks: [...frame, ...pageHead, ...pageBody] },
  'offline-light': {
    picture: 'b1-offline-light',
    mock: 'b-offline.html',
    landmarks: [...frame, ...pageHead, ...pageBody, ...offlineCard],
  },
  'offline-dark': {
    picture: 'b2-offline-dark',
    mock: 'b-offline.html?dark',
    landmarks: [...frame, ...pageHead, ...pageBody, ...offlineCard],
  },
  'away-light': {
    picture: 'b3-while-you-were-away',
    mock: 'b-merge.html',
    landmarks: [
      ...frame,
      ...pageHead,
      { name: 'review', drawn: '.review', app: 'role=complementary[name="Terwijl je weg was"]' },
      { name: 'first question', drawn: '.review .item', app: 'role=complementary >> role=listitem', compare: 'place' },
    ],
  },
  'palette-light': {
    picture: 'e1-palette',
    mock: 'e-palette.html',
    landmarks: [
      ...frame,
      { name: 'palette', drawn: '.pal', app: 'role=dialog', compare: 'place' },
      { name: 'what is asked', drawn: '.pal .q', app: 'role=dialog >> [class*="_field_"]' },
      { name: 'first answer', drawn: '.pal .r', app: 'role=option' },
      { name: 'second answer', drawn: '.pal .r >> nth=1', app: 'role=option >> nth=1' },
      { name: 'preview', drawn: '.pal .pre', app: '[class*="_preview_"]', compare: 'line' },
    ],
  },
  'compact-light': {
    picture: 'h2-compact-1366x768',
    mock: 'b-offline.html',
    landmarks: [...frame, ...pageHead, ...pageBody, ...offlineCard],
  },
}
