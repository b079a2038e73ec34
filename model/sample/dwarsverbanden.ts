import { samplePage } from './sample-page.ts'
import type { SampleSpace } from './sample-page.ts'

const wattMeten = samplePage(
  { title: 'Wat we meten, en wat het kost', keeper: 'daan', icon: 'bolt' },
  `
Het stadhuis gebruikt per jaar evenveel stroom als 210 huishoudens. Een derde daarvan gaat 's nachts op, als er niemand is.

| Gebouw | 2025 | 2026 tot oktober | Verschil |
| --- | --- | --- | --- |
| Stadhuis | 612.000 kWh | 401.000 kWh | min 18 % |
| Werf | 188.000 kWh | 161.000 kWh | plus 3 % |
| Sporthal | 240.000 kWh | 166.000 kWh | min 11 % |

De werf steeg door de nieuwe elektrische strooiwagens. Dat is dus goed nieuws dat er slecht uitziet; Joris legt het uit op de pagina over laden.

## Zo lees je een meter af

1. Elke eerste maandag, voor negen uur.
2. Vul de stand in bij je gebouw, ook als hij gek is.
3. Zet erbij wat er die maand anders was.
`,
)

const ideeen = samplePage(
  { title: 'Ideeën en wat ervan kwam', keeper: 'kees', icon: 'bulb' },
  `
Iedereen mag een idee toevoegen. We schrijven er altijd bij wat ermee gebeurde, ook als het niets werd.

- [x] **Verlichting in de gang op beweging** (Gerda). Scheelt 9.000 kWh. Gedaan in maart.
- [x] **Laden van strooiwagens na middernacht** (Joris). Goedkoper, en het net kan het aan.
- [ ] **Thermostaat een graad lager op vrijdag** (Lotte). Proef in november, vraag daarna aan wie er wás.
- [ ] **Zonnepanelen op de zouthal** (Kees). Wacht op de constructeur: houdt het dak sneeuw én panelen?
- [ ] **Koelkasten samenvoegen** (Emma). Wie durft?

Niet gedaan, en waarom: *lift uit op de begane grond*. Wie slecht loopt, kan dan niet naar binnen.
`,
)

const eersteWeek = samplePage(
  { title: 'Je eerste week', keeper: 'lotte', icon: 'seedling' },
  `
Welkom. Niemand verwacht dat je deze week iets oplost. Kijk rond en vraag veel.

## Maandag

- [ ] Koffie met je maatje. Je maatje wist dat je kwam en heeft tijd voor je.
- [ ] Laptop ophalen bij Lucas, kamer 0.14. Plein staat er al op.
- [ ] Kies een gezicht, zodat mensen je herkennen.

## Dinsdag en woensdag

- [ ] Loop een halve dag mee met een andere afdeling. De balie is leerzaam.
- [ ] Lees het draaiboek van je eigen werk en zet een vraag bij wat je niet snapt. Jij ziet wat wij niet meer zien.

## Donderdag en vrijdag

- [ ] Verbeter één pagina.
- [ ] Vertel je maatje wat je vreemd vond. Dat is na een maand weg.

> Emma, onze nieuwste: "Ik dacht dat ik stoorde met mijn vragen. Het bleek dat drie anderen hetzelfde niet wisten."
`,
)

const vragen = samplePage(
  { title: 'Vragen zonder schaamte', keeper: 'emma' },
  `
Hier staan vragen die iedereen heeft en niemand stelt. Weet je een antwoord, schrijf het erbij.

**Wat betekent B&W-voorstel, en wanneer heb ik er een nodig?**
Als je iets wilt dat geld kost of beleid verandert. Vraag Mei Lin naar het format; zij leest ook mee.

**Mag ik iemand van een andere afdeling zomaar bellen?**
Ja. Kijk eerst of het antwoord op een pagina staat, en zet het er anders na het gesprek bij.

**Waar is de sleutel van de fietsenkelder?**
Bij de receptie. Er is er maar één. Breng hem terug, dan blijven we vrienden.

**Wie is Gerda, en waarom weet zij alles?**
Gerda doet het archief, al 31 jaar. Neem een stroopwafel mee.
`,
)

/** Spaces that cut across the departments. */
export const energie: SampleSpace = {
  name: 'Oeverdam bespaart energie',
  kind: 'project',
  members: [
    { person: 'daan', role: 'owner' },
    { person: 'kees', role: 'editor' },
    { person: 'joris', role: 'editor' },
    { person: 'gerda', role: 'editor' },
    { person: 'lotte', role: 'contributor' },
    { person: 'noor', role: 'editor' },
    { person: 'ravi', role: 'commenter' },
  ],
  pages: [wattMeten, ideeen],
}

export const nieuwHier: SampleSpace = {
  name: 'Nieuw hier',
  kind: 'community',
  members: [
    { person: 'lotte', role: 'owner' },
    { person: 'emma', role: 'editor' },
    { person: 'lucas', role: 'editor' },
    { person: 'noor', role: 'owner' },
    { person: 'fatima', role: 'contributor' },
    { person: 'kees', role: 'contributor' },
    { person: 'thomas', role: 'contributor' },
  ],
  pages: [eersteWeek, vragen],
}
