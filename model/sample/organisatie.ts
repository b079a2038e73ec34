import { samplePage } from './sample-page.ts'
import type { SampleSpace } from './sample-page.ts'

const welkom = samplePage(
  { title: 'Welkom op het plein', keeper: 'noor', icon: 'home' },
  `
Dit is het plein van Gemeente Oeverdam: hier schrijven we samen op wat we weten, vragen we het elkaar, en zien we wie wat doet. Je hebt er geen cursus voor nodig.

## Zo begin je

- [ ] Kies een gezicht bij **Instellingen**: een foto of een getekend portret.
- [ ] Lees **Zo werkt Heldere taal**, twee minuten.
- [ ] Verbeter één zin op een pagina. Dat mag. Ongedaan maken kan altijd.
- [ ] Stel een vraag op een pagina die je niet begrijpt.

## Drie gewoontes

1. Wat een collega morgen weer nodig heeft, staat op een pagina en niet in een mail.
2. Wie een fout ziet, herstelt hem.
3. Wat nog niet af is, mag je laten zien.

> Een plein is pas een plein als er mensen zijn.
`,
  [
    samplePage(
      { title: 'Waar alles staat', keeper: 'ilse', icon: 'map' },
      `
Elke afdeling heeft een ruimte. Daarnaast zijn er ruimtes die dwars door de afdelingen heen gaan; daar kun je zelf bij.

| Ruimte | Voor wie | Wat je er vindt |
| --- | --- | --- |
| Openbare ruimte | wegen, groen, water | draaiboeken, roosters, kaarten |
| Financiën | iedereen die geld uitgeeft | declareren, inkopen, subsidies |
| Burgerzaken | balie en klantcontact | paspoorten, verhuizen, klachten |
| Heldere taal | wie schrijft | woordenlijst, meelezers, taalcafé |
| Oeverdam bespaart energie | wie een gebouw gebruikt | metingen, ideeën, wat het opleverde |
| Nieuw hier | nieuwe collega's en hun maatjes | de eerste week, vragen zonder schaamte |

Mis je een ruimte? Maak haar. Kies *gemeenschap* als iedereen mag meedoen.
`,
    ),
    samplePage(
      { title: 'Bereikbaar bij storing', keeper: 'daan', icon: 'phone' },
      `
Werkt er iets niet, begin dan hier. Deze pagina staat ook op je laptop als het netwerk weg is.

## Kan het wachten tot morgen?

Schrijf het op de pagina **Vragen zonder schaamte** of loop langs kamer 0.14.

## Kan het niet wachten?

1. Bel de servicedesk: **toestel 4040**, van 7.30 tot 18.00 uur.
2. Daarna: de piketdienst, **06 - 12 34 56 78**. Alleen voor wat inwoners raakt.
3. Ligt de telefooncentrale plat? Lucas heeft een mobiele telefoon bij de receptie liggen.

\`\`\`
naam van je laptop:  OEV-L-0000 (sticker onderop)
wat zag je:          letterlijk de melding
sinds wanneer:       tijd
wie nog meer:        ruimte of afdeling
\`\`\`
`,
    ),
  ],
)

const koers = samplePage(
  { title: 'Waar we naartoe werken', keeper: 'anouk', icon: 'flag' },
  `
Drie dingen willen we in 2027 merkbaar beter doen. Niet meer, want dan wordt het niets.

## 1. Een antwoord binnen vijf werkdagen

Inwoners wachten nu gemiddeld negen dagen op een inhoudelijk antwoord. We zoeken eerst uit waar een brief blijft liggen; daarna pas kopen we iets.

## 2. Weten wat we weten

Een draaiboek dat maar één persoon begrijpt, is geen draaiboek. Elke afdeling kiest dit jaar vijf onderwerpen die een ander moet kunnen overnemen.

## 3. Werk dat vol te houden is

We meten geen mensen. We vragen elk kwartaal wat er in de weg zit, en schrijven terug wat we ermee deden.

| Doel | Nu | Eind 2027 |
| --- | --- | --- |
| dagen tot een antwoord | 9 | 5 |
| onderwerpen die een ander kan overnemen | 12 | 40 |
| vragen op het plein die binnen een dag antwoord krijgen | nieuw | de helft |

Vragen of tegenspraak? Zet ze hieronder. Ik lees ze zelf.
`,
)

/** The organisation's own space: everybody's. */
export const organisatie: SampleSpace = {
  name: 'Gemeente Oeverdam',
  kind: 'organisation',
  members: [
    { person: 'noor', role: 'owner' },
    { person: 'anouk', role: 'editor' },
    { person: 'ilse', role: 'owner' },
    { person: 'daan', role: 'editor' },
  ],
  pages: [welkom, koers],
}
