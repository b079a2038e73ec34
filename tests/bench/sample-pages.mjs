// The pages that both sides of a bench get, byte for byte. Plain JavaScript: the peers read it with their own copy of yjs.

const words =
  'de gladheidscoördinator kijkt elke dag naar wegdek temperatuur en beslist of ploegen uitrijden over bruggen fietsroutes schoolzones met zout pekel'.split(
    ' ',
  )

/** Words that look like text, the same for the same numbers. */
export function sentence(seed, count) {
  return Array.from({ length: count }, (_, place) => words[(seed * 7 + place * 3 + (place % 5)) % words.length]).join(
    ' ',
  )
}

/**
 * The content of page number `index`, 2 to 4 KB of text in paragraphs, under a client id of its own, and then `edits` small
 * changes: one update each, the content first.
 */
export function pageUpdates(Y, index, edits = 0) {
  const doc = new Y.Doc({ gc: false })
  doc.clientID = 1000 + index
  const updates = []
  doc.on('update', (update) => updates.push(update))
  doc.transact(() => {
    doc.getMap('meta').set('title', `Pagina ${index}`)
    const paragraphs = Array.from({ length: 5 + (index % 5) }, (_, place) => paragraph(Y, sentence(index + place, 55)))
    doc.getXmlFragment('body').insert(0, paragraphs)
  })
  for (let edit = 0; edit < edits; edit += 1) typeInto(doc, edit, `${sentence(index + edit, 4)} `)
  doc.destroy()
  return updates
}

function paragraph(Y, text) {
  const element = new Y.XmlElement('paragraph')
  element.insert(0, [new Y.XmlText(text)])
  return element
}

/** One edit, as somebody types it: words at the start of a paragraph. */
export function typeInto(doc, place, text) {
  const body = doc.getXmlFragment('body')
  body
    .get(place % body.length)
    .get(0)
    .insert(0, text)
}
