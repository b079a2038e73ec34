// MiniSearch as its documentation shows it: prefixes, title boosted, words without accents, every word must be there. In the
// window itself, without the way to a worker and back.
import MiniSearch from 'minisearch'
import { searchPage } from '../search-pages.mjs'

const fileName = 'minisearch.json'
const fold = (term) =>
  term
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
const options = { fields: ['title', 'text'], storeFields: ['title'], processTerm: fold }
const asked = { prefix: true, boost: { title: 5 }, combineWith: 'AND' }

let index = null

async function file(create) {
  const root = await navigator.storage.getDirectory()
  return root.getFileHandle(fileName, { create })
}

async function open() {
  const stored = await (await file(false)).getFile()
  return MiniSearch.loadJSON(await stored.text(), options)
}

async function search(question) {
  index ??= await open()
  return index.search(question, asked).slice(0, 20).length
}

window.side = {
  async fill(pages) {
    const start = performance.now()
    index = new MiniSearch(options)
    for (let at = 0; at < pages; at += 1) index.add(searchPage(at))
    const took = performance.now() - start
    const writable = await (await file(true)).createWritable()
    await writable.write(JSON.stringify(index))
    await writable.close()
    return took
  },
  async reopen(question) {
    const start = performance.now()
    await search(question)
    return performance.now() - start
  },
  async rest() {
    await new Promise((resolve) => {
      setTimeout(resolve, 1000)
    })
  },
  async ask(questions) {
    const times = []
    let found = 0
    for (const question of questions) {
      const start = performance.now()
      const count = await search(question)
      times.push(performance.now() - start)
      found += count > 0 ? 1 : 0
    }
    return { times, found }
  },
}
