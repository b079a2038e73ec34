import { samplePage } from './sample-page.ts'
import type { SampleSpace } from './sample-page.ts'

const declareren = samplePage(
  { title: 'Declareren zonder gedoe', keeper: 'ravi', icon: 'receipt' },
  `
Had je kosten voor je werk? Je krijgt ze terug bij het eerstvolgende salaris, als je voor de tiende indient.

## Wat je nodig hebt

- een foto van de bon, waarop bedrag en datum te lezen zijn
- het kostenplaatsnummer van je afdeling
- een zin over waarvoor het was

## Veelgestelde vragen

**Ik ben de bon kwijt.** Schrijf op wat het was en laat je leidinggevende meetekenen. Tot 25 euro is dat genoeg.

**Mag ik een taxi nemen?** Ja, als er geen trein of bus rijdt of als je iets zwaars meeneemt. Zet erbij waarom.

| Wat | Vergoeding |
| --- | --- |
| eigen auto | 0,23 euro per kilometer |
| fiets | 0,23 euro per kilometer |
| trein, tweede klas | helemaal |
| lunch op een werkbezoek | tot 17,50 euro |
`,
)

const subsidies = samplePage(
  { title: 'Subsidies: van aanvraag tot besluit', keeper: 'thomas', icon: 'coins' },
  `
Per jaar vragen zo'n 140 verenigingen en stichtingen subsidie aan. Deze pagina is voor collega's die er een vraag over krijgen.

## De weg van een aanvraag

1. Binnen: het formulier komt bij Financiën en krijgt een nummer.
2. Compleet? Ontbreekt er iets, dan schrijven we binnen een week.
3. Inhoud: de afdeling die over het onderwerp gaat, geeft advies.
4. Besluit: uiterlijk acht weken na een complete aanvraag.
5. Verantwoording: tot 5.000 euro volstaat een kort verslag met foto's.

## Wat je mag zeggen

Je mag uitleggen hoe het werkt en waar iemand staat in de rij. Zeg nooit of iets *kansrijk* is; daarvan krijgen we bezwaarschriften.

- [x] Formulier in gewone taal (met Heldere taal)
- [x] Voorbeeldverslag voor kleine verenigingen
- [ ] Overzicht van wat vorig jaar is toegekend
`,
)

const inkopen = samplePage(
  { title: 'Inkopen: welk bedrag, welke stappen', keeper: 'ravi' },
  `
Iets nodig voor je werk? Kijk eerst of er een raamcontract is; dan hoef je niets te vergelijken.

| Bedrag zonder btw | Wat je doet |
| --- | --- |
| tot 1.000 euro | zelf kopen, bon declareren |
| tot 20.000 euro | één offerte, bestelling via Financiën |
| tot 80.000 euro | drie offertes vergelijken |
| daarboven | bel Mei Lin, ruim op tijd |

Let op bij software: ook een gratis proefversie is inkopen. Vraag Daan of er al iets is, en Mei Lin of de voorwaarden kunnen.
`,
)

export const financien: SampleSpace = {
  name: 'Financiën',
  kind: 'team',
  members: [
    { person: 'ravi', role: 'owner' },
    { person: 'thomas', role: 'editor' },
    { person: 'meilin', role: 'editor' },
    { person: 'noor', role: 'commenter' },
    { person: 'joris', role: 'commenter' },
    { person: 'ilse', role: 'reader' },
  ],
  pages: [declareren, subsidies, inkopen],
}
