/** Dutch texts of the screen after joining. */
export const nlArrival = {
  arrival: {
    title: 'Welkom, {{name}}. Dit komt mee op je laptop',
    coming: 'Wat er op je laptop komt',
    listing: 'De lijst van pagina’s wordt opgehaald',
    counting: '{{here, number}} van {{pages, number}} pagina’s',
    complete_zero: 'Er zijn nog geen pagina’s',
    complete_one: 'De ene pagina staat op je laptop',
    complete_other: 'Alle {{count, number}} pagina’s staan op je laptop',
    percent: '{{part}} %',
    meanwhile: 'Je kunt al beginnen: het nieuwste komt eerst.',
    offlineToo: 'Je kunt ze lezen en erin schrijven zonder netwerk.',
    go: 'Naar het plein',
    people: 'Mensen om mee te beginnen',
    communityManager: 'Kent de gemeenschap. Vraag hier wie wat weet.',
    administrator: 'Beheert Plein. Helpt met toegang en met je laptop.',
    steps: 'Om te beginnen',
    accepted: 'Uitnodiging aangenomen',
    face: 'Je gezicht: een foto of een getekend portret',
    improve: 'Verbeter één zin op een pagina',
  },
}
