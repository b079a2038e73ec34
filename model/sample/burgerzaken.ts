import { samplePage } from './sample-page.ts'
import type { SampleSpace } from './sample-page.ts'

const balie = samplePage(
  { title: 'Aan de balie', keeper: 'fatima', icon: 'users' },
  `
Op een drukke dag komen er tweehonderd mensen. De meesten zijn hier één keer per vijf jaar; voor hen is het altijd de eerste keer.

## Openingstijden

| Dag | Open | Zonder afspraak |
| --- | --- | --- |
| maandag tot en met vrijdag | 9.00 tot 16.30 | tot 12.00 |
| donderdagavond | 18.00 tot 20.00 | nee |

## Als het systeem eruit ligt

1. Zeg het meteen tegen de wachtruimte, met een tijd waarop je het opnieuw vertelt.
2. Werk met de papieren formulieren uit de rode map. Nummer ze.
3. Bel toestel 4040 en noem het woord **balie**: dan ga je voor.
4. Voer alles in zodra het weer kan, samen met een collega.
`,
  [
    samplePage(
      { title: 'Verloren paspoort', keeper: 'yara' },
      `
Iemand heeft een paspoort of identiteitskaart verloren. Aangifte bij de politie hoeft alleen nog bij diefstal.

- Controleer wie er voor je staat: twee vragen uit de basisregistratie, nooit de geboortedatum alleen.
- Vul het formulier *vermissing* samen in en laat het ondertekenen.
- Vertel dat een gevonden paspoort niet meer geldig is, ook niet voor de volgende vakantie.
- Bij spoed (vlucht binnen 48 uur): bel de Marechaussee op de luchthaven en geef het nummer mee.

> Wees niet te snel met "dat kan niet". Er is bijna altijd iets wat vandaag wel kan.
`,
    ),
    samplePage(
      { title: 'Verhuizen, trouwen, overlijden', keeper: 'fatima' },
      `
Drie momenten waarop mensen ons nodig hebben en er met hun hoofd niet bij zijn.

## Verhuizen

Doorgeven mag vanaf vier weken voor de verhuizing tot vijf dagen erna. Via internet, of hier.

## Trouwen

Melden kan tot twee weken voor de dag. Gratis trouwen: maandag om 9.00 en 9.30 uur, met twee getuigen.

## Overlijden

De uitvaartondernemer doet aangifte. Komt er familie aan de balie, neem dan de tijd en gebruik kamer 0.03. Daar staat water, en het is er stil.
`,
    ),
  ],
)

const klachten = samplePage(
  { title: 'Klachten: wat we ervan leerden', keeper: 'yara', icon: 'message' },
  `
We houden niet bij wie een fout maakte, wel wat er misging. Elk kwartaal schrijven we op wat we veranderden.

## Derde kwartaal

- *"Ik kreeg drie brieven over hetzelfde."* De herinnering ging automatisch uit, ook na betaling. Aangepast op 12 september.
- *"Niemand belt terug."* Een terugbelverzoek komt nu met naam en tijd in de lijst van het team, en blijft staan tot het gedaan is.
- *"Ik snap de brief niet."* Samen met Heldere taal herschreven: van 2 kanten naar 1.

## Wat nog loopt

- [ ] De wachttijd op de website klopt niet op maandag.
- [ ] Formulier voor een gehandicaptenparkeerkaart: 14 vragen, waarvan we er 6 al weten.
`,
)

export const burgerzaken: SampleSpace = {
  name: 'Burgerzaken',
  kind: 'team',
  members: [
    { person: 'fatima', role: 'owner' },
    { person: 'yara', role: 'editor' },
    { person: 'emma', role: 'contributor' },
    { person: 'noor', role: 'editor' },
    { person: 'ilse', role: 'reader' },
  ],
  pages: [balie, klachten],
}
