import { samplePage } from './sample-page.ts'
import type { SampleSpace } from './sample-page.ts'

const draaiboekGladheid = samplePage(
  { title: 'Draaiboek gladheid 2026–2027', keeper: 'joris' },
  `
Van november tot april kijkt de coördinator elke dag om 15.00 uur naar de wegdektemperatuur. Wordt het nul graden of kouder, dan beslissen we vóór 16.00 uur of de ploegen uitrijden. De brug bij de Lage Zijde gaat altijd eerst, ook in het weekend.

## Routes en ploegen

| Route | Wagens | Coördinator | Klaar vóór |
| --- | --- | --- | --- |
| **A** Centrum en bruggen | 3 | Joris van Dam | 06.15 |
| **B** Fietsroutes noord | 2 | Kees Mulder | 06.45 |
| **C** Schoolzones | 2 | Nadia Haddad | 07.30 |

Rijdt een route niet? Meld het direct bij de coördinator van dienst.

## Vóór de eerste vorst

- [x] Zoutvoorraad geteld: 410 ton
- [x] Route B in de navigatie gezet
- [ ] Rooster rondsturen @Kees
- [ ] Bericht voor bewoners klaarzetten

## Als het toch misgaat

Bel eerst de coördinator van dienst, daarna de wijkbeheerder. De balie krijgt binnen een kwartier een korte tekst voor bewoners.
`,
)

const routesEnKaarten = samplePage(
  { title: 'Routes en kaarten', keeper: 'joris' },
  `
Elke route begint en eindigt op de gemeentewerf aan de Havenkade. De chauffeur rijdt de route in de volgorde van de navigatie. Wijk daar alleen van af als de coördinator het zegt: de volgorde bepaalt wanneer een straat klaar is.

## Route A: centrum en bruggen

1. Brug Lage Zijde, beide rijrichtingen
2. Stationsweg en busbaan
3. Ringweg tussen de rotondes
4. Marktplein, alleen de rijbaan

De bruggen koelen sneller af dan de weg. Daarom gaan ze eerst, ook als de rest van de route nog droog is.

## Route B: fietsroutes noord

Rijd hier met de smalle wagen. Het fietspad langs de vaart heeft drie krappe bochten:

- bij het gemaal
- achter de sporthal
- onder het spoor

Op fietspaden strooien we **pekel** en geen droog zout. Pekel blijft liggen als er wind staat.

## Route C: schoolzones

Alle scholen moeten om 07.30 uur bereikbaar zijn. Begin bij de school die het verst weg ligt, de Wilgenhof, en werk naar het centrum toe.

## Route D: reserve

Route D rijden we alleen bij ijzel of als de provincie erom vraagt. Sem Bakker van Wegenbouw Bakker levert dan een extra wagen met chauffeur. Bel hem vóór 18.00 uur, dan staat de wagen om 04.30 uur klaar.
`,
)

const evaluatieVorigeWinter = samplePage(
  { title: 'Evaluatie vorige winter', keeper: 'joris', kind: 'document' },
  `
We reden vorige winter 31 keer uit. Dat is vijf keer meer dan het jaar ervoor. Op 24 maart keken we terug met de chauffeurs, de balie en Wegenbouw Bakker.

## In cijfers

| | Winter 2024–2025 | Winter 2025–2026 |
| :-- | --: | --: |
| Keren uitgereden | 26 | 31 |
| Zout gebruikt (ton) | 355 | 402 |
| Meldingen van bewoners | 148 | 119 |
| Op tijd klaar | 88% | 94% |

## Wat ging goed

- De fietspaden waren bijna altijd vóór de ochtendspits schoon.
- De balie wist eerder wat er aan de hand was. Dat scheelde telefoontjes.
- Twee nieuwe chauffeurs zijn ingewerkt en rijden nu zelfstandig.

## Wat moet beter

- Op 9 januari was het zout op de werf bijna op. We bestellen voortaan bij als er nog 150 ton ligt.
- De brug bij de Lage Zijde stond niet in de navigatie van wagen 3.
- Bewoners wisten niet waar ze zelf zout konden halen.

> "Ik belde om zes uur en kreeg meteen iemand die wist welke wagen waar reed. Dat had ik nog nooit meegemaakt."
>
> Een bewoner van de Molenbuurt

## Afspraken voor deze winter

- [x] Bestelgrens voor zout vastgelegd
- [x] Navigatie van alle wagens nagekeken
- [ ] Bordje bij de gemeentewerf: één zak zout per adres
- [ ] In april opnieuw terugkijken
`,
)

const winterdienst = samplePage(
  { title: 'Winterdienst', keeper: 'joris', icon: 'snowflake' },
  `
Hier staat alles wat je nodig hebt als het koud wordt. De winterdienst loopt van **1 november tot 1 april**.

- Moet je vandaag rijden of beslissen? Begin bij het draaiboek.
- Zoek je een straat? Kijk bij de routes.
- Wil je weten waarom we iets zo doen? Lees de evaluatie.

## Wie heeft dienst

De coördinator van dienst wisselt elke maandag om 12.00 uur. Het rooster hangt op de werf en staat in de agenda. Ruilen mag, als je het vóór vrijdag aan Kees doorgeeft.
`,
  [draaiboekGladheid, routesEnKaarten, evaluatieVorigeWinter],
)

const maaikalender = samplePage(
  { title: 'Maaikalender 2026', keeper: 'joris' },
  `
We maaien minder vaak dan vroeger, en niet overal tegelijk. Zo houden bijen en vlinders iets te eten. Langs wegen gaat veilig zicht voor.

| Waar | Hoe vaak | Wanneer |
| --- | --- | --- |
| Speelvelden | elke twee weken | april tot en met oktober |
| Kruispunten en bochten | zo vaak als nodig | het hele jaar |
| Bermen | twee keer | juni en september |
| Bloemenweides | één keer | na 15 september |

## Zo maai je een berm

1. Laat telkens een derde staan. Dat stuk komt de volgende ronde aan de beurt.
2. Ruim het maaisel binnen een week op. Anders groeit er volgend jaar alleen gras en brandnetel.
3. Zie je een nest of een egel? Sla dat stuk over en meld het in de app van de aannemer.

Vraagt een bewoner waarom het gras zo hoog staat? Leg uit dat er bloemen tussen staan, en noem de datum waarop we wél maaien.
`,
)

const eikenprocessierups = samplePage(
  { title: 'Eikenprocessierups: van melding tot opruimen', keeper: 'joris' },
  `
De rups zit van half april tot augustus in eiken. De haartjes geven jeuk en soms benauwdheid. Raak een nest dus nooit aan, ook niet met handschoenen.

## Je krijgt een melding

- [ ] Vraag om het adres en een foto van de boom.
- [ ] Vraag of er een school, speelplek of bushalte in de buurt is.
- [ ] Zet de melding op de kaart en kies een kleur.
- [ ] Laat de melder weten wanneer we komen.

## Welke kleur kies je

| Kleur | Plek | Opgeruimd binnen |
| --- | --- | --- |
| Rood | school, speelplek, bushalte | 2 werkdagen |
| Oranje | woonstraat, fietsroute | 5 werkdagen |
| Groen | buitengebied | alleen een bordje |

Heeft iemand klachten? Verwijs naar de huisarts. Geef zelf geen medisch advies.
`,
)

const groenbeheer = samplePage(
  { title: 'Groenbeheer', keeper: 'joris', icon: 'tree' },
  `
Oeverdam heeft 14.200 bomen, 61 hectare gras en 38 speelplekken. Een ploeg van acht mensen onderhoudt die, samen met twee aannemers.

Komt er een melding binnen? Kijk eerst of het spoed is:

- **Spoed:** een tak hangt los boven een pad, een boom ligt op de weg, er steekt glas uit het zand van een speelplek. Bel de wijkbeheerder.
- **Geen spoed:** al het andere. Zet het op de lijst, dan pakt de ploeg het in de wekelijkse ronde mee.
`,
  [maaikalender, eikenprocessierups],
)

const storingBijEenBrug = samplePage(
  { title: 'Storing bij een brug', keeper: 'joris' },
  `
Een brug die niet sluit, houdt binnen tien minuten de hele ringweg vast. Doe daarom eerst dit, en zoek daarna pas naar de oorzaak.

1. Kijk op de camera of er niemand op of onder het val staat.
2. Zet de seinen op rood, voor het verkeer **en** voor de boten.
3. Bel de meldkamer en zeg welke brug het is.
4. Bel de storingsdienst. Blijf aan de lijn.
5. Zet een bericht klaar voor de balie.

## Wat je doorgeeft

De storingsdienst vraagt altijd hetzelfde. Neem dit lijstje over en vul het in:

\`\`\`text
Brug:            Lage Zijde
Storing sinds:   07.42
Val staat:       open / half / dicht
Code op paneel:  E-214
Wie is ter plekke:
\`\`\`

## Zelf herstarten

Alleen een bediener met een certificaat herstart de besturing, en alleen bij code E-214 of E-310. Bij elke andere code wacht je op de monteur. ~~Twee keer herstarten helpt soms~~: sinds de nieuwe besturing niet meer, je wist er het logboek mee.
`,
)

const inspecties = samplePage(
  { title: 'Inspecties van bruggen en sluizen', keeper: 'joris', kind: 'document' },
  `
Elke brug krijgt twee keer per jaar een korte inspectie en eens in de zes jaar een grote. De grote doet een bureau van buiten.

| Object | Korte inspectie | Grote inspectie | Let op |
| --- | --- | --- | --- |
| Brug Lage Zijde | april, oktober | 2028 | slijtage van de leuning |
| Spoorbrug fietspad | mei, november | 2027 | roest bij de tweede pijler |
| Schutsluis Havenkade | maart, september | 2026 | deur sluit traag |
| Duiker Wilgenhof | juni | 2030 | |

## De korte inspectie

Loop van links naar rechts en maak van elk onderdeel een foto, ook als er niets mis is. Zo zien we volgend jaar het verschil.

- dek en voegen
- leuningen en hekken
- pijlers, tot aan de waterlijn
- seinen, slagbomen en camera's

Zie je een scheur die breder is dan een euromunt dik is? Sluit de brug voor vrachtverkeer en bel de beheerder. Je hoeft daar geen toestemming voor te vragen.
`,
)

const bruggenEnSluizen = samplePage(
  { title: 'Bruggen en sluizen', keeper: 'joris' },
  `
We bedienen vier bruggen en één sluis. Van april tot en met oktober varen er elke dag zo'n zestig boten door de stad, in de zomervakantie het dubbele.

## Bedieningstijden

| Dag | Van | Tot |
| --- | --- | --- |
| Maandag tot en met vrijdag | 09.00 | 16.30 |
| Zaterdag en zondag | 10.00 | 18.00 |

Tussen 16.30 en 18.00 uur blijven de bruggen op werkdagen dicht: dan gaat het verkeer voor. De hulpdiensten gaan altijd voor, ook als er een boot onder de brug ligt te wachten.
`,
  [storingBijEenBrug, inspecties],
)

const wegwijs = samplePage(
  { title: 'Wegwijs in Openbare ruimte', keeper: 'noor', icon: 'map' },
  `
Welkom. In deze ruimte werken de mensen die wegen, groen, water en bruggen onderhouden. Je vindt er draaiboeken, roosters en afspraken. Iedereen van het team mag een pagina verbeteren: zie je een fout, pas hem aan.

## Zo houden we het bruikbaar

1. Elke pagina heeft iemand die haar bijhoudt. Die kijkt er twee keer per jaar naar.
2. Schrijf voor een collega die morgen begint.
3. Zet een datum bij afspraken die kunnen veranderen.
4. Is iets niet meer waar? Archiveer de pagina. Niets raakt weg.

## Wie bel je

| Waarvoor | Wie | Wanneer |
| --- | --- | --- |
| Gladheid | coördinator van dienst | dag en nacht, november tot april |
| Groen en speelplekken | wijkbeheerder | werkdagen tot 17.00 uur |
| Bruggen en sluis | bediener van dienst | dag en nacht |
| Een vraag over deze ruimte | Noor de Wit | werkdagen |
`,
)

/** The team that keeps roads, green and water in order. */
export const openbareRuimte: SampleSpace = {
  name: 'Openbare ruimte',
  kind: 'team',
  members: [
    { person: 'joris', role: 'owner' },
    { person: 'noor', role: 'editor' },
    { person: 'ilse', role: 'editor' },
    { person: 'kees', role: 'editor' },
    { person: 'fatima', role: 'commenter' },
    { person: 'sem', role: 'commenter' },
  ],
  pages: [wegwijs, winterdienst, groenbeheer, bruggenEnSluizen],
}
