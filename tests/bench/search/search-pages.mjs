// 10,000 pages and the questions about them, the same for both sides and at every run. Plain JavaScript: the peer reads it too.

const stems =
  'brug zout weg fiets school water afval straat licht boom park dienst plan kaart route ploeg winter zomer dijk sluis gracht markt plein stad dorp wijk buurt huis woning zorg jeugd sport kunst boek taal brief mail loket balie klant bewoner burger raad college wethouder begroting subsidie vergunning melding klacht vraag antwoord besluit beleid project opdracht inkoop contract factuur rekening belasting inkomen uitkering werk personeel verlof rooster dag week maand jaar ochtend avond nacht storm regen sneeuw gladheid vorst hitte droogte groen gras blad tak wortel bloem perk kade haven schip boot anker touw motor wagen bus tram trein perron halte spoor rail tunnel viaduct knoop punt lijn vlak ruimte kamer zaal kantoor bureau stoel tafel kast archief dossier stuk bijlage versie datum tijd uur code sleutel toegang pas poort deur raam dak vloer muur kelder riool pomp leiding kabel stroom gas warmte koude meter stand opname meting cijfer tabel grafiek verslag notitie agenda overleg afspraak actie punten coördinator beheerder chauffeur monteur inspecteur adviseur medewerker leider teamlid secretaris controle inspectie onderhoud herstel schade verzekering aansprakelijk risico veiligheid alarm brand politie ambulance noodplan oefening training cursus les toets diploma'.split(
    ' ',
  )

/** What half of every text is made of, most common first; nobody looks for these. */
const functionWords =
  'de van het een en in is dat op te zijn met voor niet aan er om ook als maar door bij dan uit nog naar over wordt worden heeft of kan deze tot zich veel wel meer hebben geen waar die dit we je zij hij wat hoe na zo moet zal zou kunnen moeten tegen onder tussen omdat want daarom hier daar elke alle andere eerste nieuwe goed grote tijdens volgens sinds zonder binnen buiten'.split(
    ' ',
  )

/** A small generator of numbers from 0 to 1, the same for the same seed. */
function random(seed) {
  let state = seed * 2654435761 + 1
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return state / 4294967296
  }
}

const onsets = 'b d f g h k l m n p r s t v w z bl br dr fl gr kl kn pl pr sch sl sm sn sp st tr vl'.split(' ')
const kernels = 'a e i o u aa ee ie oe oo ou ui ij ei eu'.split(' ')
const codas = 'd f g k l m n p r s t cht k l n r st rk nd mp ls'.split(' ')

/** A word of one or two syllables that nobody knows: names and jargon, of which an organisation is full. */
function madeUp(next) {
  const syllable = () => pick(onsets, next) + pick(kernels, next) + pick(codas, next)
  return next() < 0.5 ? syllable() : syllable() + syllable()
}

/** Function words first, then the words above, then some 6,000 others and 14,000 compounds of two, as in an intranet of that size. */
function makeWords() {
  const next = random(7)
  const others = Array.from({ length: 6000 }, () => madeUp(next))
  const all = [...stems, ...others]
  const compounds = Array.from({ length: 14_000 }, () => {
    const head = next() < 0.5 ? pick(stems, next) : pick(all, next)
    return head + pick(all, next) + (next() < 0.3 ? 'en' : '')
  })
  const mixed = [...new Set([...others, ...compounds])]
  const order = mixed.map((each) => ({ each, at: next() })).toSorted((a, b) => a.at - b.at)
  return [...functionWords, ...stems, ...order.map(({ each }) => each)]
}

function pick(list, next) {
  return list[Math.floor(next() * list.length)]
}

const words = makeWords()

/** By Zipf: the tenth word is a tenth as common as the first. */
function word(next) {
  return words[Math.min(words.length - 1, Math.floor(words.length ** next()) - 1)]
}

const sentence = (count, next) => Array.from({ length: count }, () => word(next)).join(' ')

const letters = 'abcdefghijklmnopqrstuvwxyz234567'

export function pageId(index) {
  let id = ''
  for (let rest = index, at = 0; at < 26; at += 1, rest = Math.floor(rest / 32)) id += letters[rest % 32]
  return id
}

/** 200 to 400 words each, in paragraphs. */
export function searchPage(index) {
  const next = random(index + 100)
  const paragraphs = Array.from({ length: 4 + (index % 5) }, () => `De ${sentence(50, next)} en het ${word(next)}.`)
  return { id: pageId(index), title: sentence(2 + (index % 4), next), text: paragraphs.join('\n') }
}

/** As people ask: one to three words of a page, often the last one half typed. */
export function questions(count, seed) {
  const next = random(seed)
  return Array.from({ length: count }, (_, place) => {
    const page = searchPage(Math.floor(next() * 10_000))
    const known = page.text
      .replaceAll(/[.\n]/g, ' ')
      .split(/\s+/)
      .filter((each) => each.length > 3)
    const asked = Array.from({ length: 1 + (place % 3) }, () => pick(known, next))
    const last = asked.length - 1
    if (place % 2 === 0) asked[last] = asked[last].slice(0, Math.max(3, Math.ceil(asked[last].length * 0.6)))
    return asked.join(' ')
  })
}
