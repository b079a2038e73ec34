import { samplePage } from './sample-page.ts'
import type { SampleSpace } from './sample-page.ts'

const zoWerktHeldereTaal = samplePage(
  { title: 'Zo werkt Heldere taal', keeper: 'noor', icon: 'speakerphone' },
  `
Vier op de tien brieven van de gemeente leverden vorig jaar een telefoontje op met de vraag: wat staat hier? Daar doen we iets aan. Heldere taal is een gemeenschap van collega's uit alle afdelingen. Je hoeft geen schrijver te zijn om mee te doen.

## Wat je hier kunt doen

- Leg een tekst voor. Twee mensen lezen mee en antwoorden binnen drie werkdagen.
- Zoek een woord op in de woordenlijst.
- Kom naar het taalcafé: elke acht weken, een uur, met koffie.

## Wat we beloven

> We maken een tekst korter en eerlijker, niet kinderachtiger.

We kijken naar de tekst, nooit naar de schrijver. Wat je voorlegt blijft binnen deze ruimte.
`,
)

const woordenlijst = samplePage(
  { title: 'Woordenlijst: liever dit dan dat', keeper: 'noor' },
  `
Twijfel je over een woord? Vraag je af of je het aan de keukentafel zou zeggen. Mis je hier een woord, zet het er dan bij.

| Liever niet | Wel |
| --- | --- |
| middels | met, door |
| teneinde | om |
| conform | volgens |
| indien | als |
| u dient te | u moet |
| in het kader van | voor, bij |
| wij verzoeken u | wilt u |
| dientengevolge | daardoor |
| omtrent | over, rond |
| woonachtig zijn in | wonen in |

## Woorden die je wél moet uitleggen

Sommige woorden staan in de wet en kun je niet weglaten. Leg ze de eerste keer uit:

- **bezwaar**: u laat de gemeente weten dat u het niet eens bent met een besluit
- **leges**: wat u betaalt voor een document of vergunning
- **zienswijze**: uw mening over een plan, voordat we beslissen
`,
)

const brieven = samplePage(
  { title: 'Brieven: voor en na', keeper: 'noor' },
  `
Drie brieven die we samen herschreven. Lees eerst de oude tekst hardop. Dan weet je waarom.

## De parkeervergunning

**Voor**

> Middels dit schrijven delen wij u mede dat uw aanvraag omtrent een parkeervergunning in behandeling is genomen. Indien de benodigde bescheiden ontbreken, dient u deze alsnog te overleggen.

**Na**

> U hebt een parkeervergunning aangevraagd. We missen nog een kopie van uw kentekenbewijs. Wilt u die vóór 1 december sturen? Dan krijgt u de vergunning binnen twee weken.

De nieuwe brief zegt *wat* er mist, *wanneer* het er moet zijn en *wat* er daarna gebeurt. Dat scheelde in een maand 40 telefoontjes.

## De losliggende tegel

**Voor:** "Uw melding is geregistreerd onder nummer 88213 en zal conform de procedure worden afgehandeld."

**Na:** "Dank voor uw melding. We maken de stoep vóór vrijdag. Lukt dat niet, dan hoort u het van ons."

## De afwijzing

Een nee is nooit leuk. Maak het dan tenminste duidelijk:

1. Zeg in de eerste zin dat het nee is.
2. Zeg waarom, in gewone woorden.
3. Zeg wat iemand nu kan doen, en tot wanneer.
`,
)

const webteksten = samplePage(
  { title: 'Teksten voor de website', keeper: 'noor' },
  `
Mensen komen naar onze site om iets te regelen. Ze lezen zelden een pagina van begin tot eind. Zet daarom het antwoord bovenaan.

## Opbouw van een pagina

1. **Wat is het?** Eén zin.
2. **Wat moet ik doen?** De stappen, in volgorde.
3. **Wat kost het, en hoelang duurt het?** Bedrag en dagen.
4. **Wat als het anders zit?** Uitzonderingen komen het laatst.

## Links en knoppen

Schrijf wat er achter de link zit. Dus *Parkeervergunning aanvragen* en niet *klik hier*. Wie de pagina laat voorlezen, hoort dan ook waar een link heen gaat.

## Controleer voor je publiceert

- [ ] De titel is een vraag of een taak van de bezoeker
- [ ] Geen zin is langer dan twintig woorden
- [ ] Elke afkorting is uitgelegd of weg
- [ ] Iemand van buiten je afdeling heeft het gelezen

Meer achtergrond vind je op [Gebruiker Centraal](https://www.gebruikercentraal.nl).
`,
)

const schrijfwijzer = samplePage(
  { title: 'Schrijfwijzer', keeper: 'noor', icon: 'book' },
  `
We schrijven op taalniveau **B1**. Acht op de tien Nederlanders begrijpen dat bij één keer lezen. Het is geen versimpeling: ook wie meer kan, leest het liever.

## De vijf regels

1. Begin met het antwoord.
2. Schrijf één gedachte per zin.
3. Noem wie iets doet: *de gemeente maait*, niet *er wordt gemaaid*.
4. Kies het gewone woord.
5. Lees het hardop voordat je het verstuurt.

## U of je

Aan inwoners schrijven we **u**, aan collega's **je**. In een tekst voor kinderen en jongeren ook *je*. Wissel nooit binnen een tekst.

## Getallen en tijden

| Wat | Zo | Niet zo |
| --- | --- | --- |
| Tijd | 15.00 uur | 15:00u |
| Bedrag | € 12,50 | 12,50 euro's |
| Datum | 3 december 2026 | 03-12-'26 |
| Telefoon | 14 0123 | +31 (0) 140123 |
`,
  [woordenlijst, brieven, webteksten],
)

const verslagOktober = samplePage(
  { title: 'Verslag taalcafé van 8 oktober', keeper: 'noor', kind: 'document' },
  `
Er waren veertien mensen, van zeven afdelingen. Fatima van de balie vertelde welke brieven de meeste vragen geven. Bovenaan staat de aanslag voor de hondenbelasting.

## Wat we leerden

- Een bedrag in de eerste zin haalt de helft van de vragen weg.
- "Onlangs" maakt mensen onrustig. Noem de datum.
- Een tussenkop die een vraag is, werkt beter dan één woord.

## Wat we deden

In drie groepjes herschreven we de brief over de hondenbelasting. De versie van groep twee gaat in december de deur uit. We meten of er minder wordt gebeld.

## Afgesproken

- [x] Noor stuurt de nieuwe brief naar Belastingen
- [x] Joris legt de tekst over gladheid voor
- [ ] Fatima telt de telefoontjes in december en januari
`,
)

const programmaDecember = samplePage(
  { title: 'Programma taalcafé van 3 december', keeper: 'noor' },
  `
- **Waar:** bibliotheek Oeverdam, de leeszaal
- **Wanneer:** donderdag 3 december, 15.00 tot 16.00 uur

| Tijd | Wat | Wie |
| --- | --- | --- |
| 15.00 | Koffie, en een zin die je deze week verbeterde | iedereen |
| 15.10 | Hoe je nee zegt in een brief | Noor de Wit |
| 15.30 | Samen schrijven: het bericht over gladheid | Joris van Dam |
| 15.55 | Wat nemen we mee? | iedereen |

Neem een tekst mee waar je niet uitkomt. Papier of scherm, het maakt niet uit. Kun je er niet bij zijn? Leg je tekst hier voor, dan lezen we hem tijdens het café.
`,
)

const bijeenkomsten = samplePage(
  { title: 'Taalcafés', keeper: 'noor', icon: 'coffee' },
  `
Elke acht weken komen we een uur bij elkaar. Er is geen presentatie van een half uur: na tien minuten schrijven we zelf.

Iedereen mag aanschuiven, ook als je nog nooit een tekst hebt voorgelegd. Wil je iets vertellen? Zet je onderwerp onder aan deze pagina.

## Onderwerpen die we nog willen doen

- Brieven over schulden: hoe blijf je vriendelijk en duidelijk?
- Teksten die een computer voorleest
- Formulieren die in één keer goed worden ingevuld
`,
  [verslagOktober, programmaDecember],
)

const sjablonen = samplePage(
  { title: 'Sjablonen voor e-mail', keeper: 'noor' },
  `
Kopieer een sjabloon en vul in wat tussen haken staat. Haal weg wat niet klopt: een sjabloon is een begin, geen formulier.

## Ontvangst bevestigen

\`\`\`text
Beste [naam],

Dank voor uw bericht over [onderwerp]. Ik zoek het voor u uit.
U hoort uiterlijk [datum] van mij.

Hebt u in de tussentijd een vraag? Bel mij op [nummer].

Met vriendelijke groet,
[naam]
\`\`\`

## Het duurt langer

\`\`\`text
Beste [naam],

Ik zou u vandaag antwoord geven over [onderwerp]. Dat lukt niet,
omdat [reden]. Op [nieuwe datum] laat ik u weten hoe het zit.

Met vriendelijke groet,
[naam]
\`\`\`

Beloof nooit een datum die je niet zelf in de hand hebt. Liever een week later en zeker, dan morgen en weer uitgesteld.
`,
)

/** The community, across departments, that helps colleagues write plainly. */
export const heldereTaal: SampleSpace = {
  name: 'Heldere taal',
  kind: 'community',
  members: [
    { person: 'noor', role: 'owner' },
    { person: 'ilse', role: 'contributor' },
    { person: 'joris', role: 'editor' },
  ],
  pages: [zoWerktHeldereTaal, schrijfwijzer, bijeenkomsten, sjablonen],
}
