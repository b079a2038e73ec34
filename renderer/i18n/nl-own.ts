/** Dutch texts of taking along what was written before one joined. */
export const nlOwn = {
  own: {
    title: 'Neem je je eigen ruimte mee?',
    lede: 'Op deze laptop staat al iets van jou. Het kan meekomen naar {{organisation}}.',
    pages_one: '{{count, number}} pagina',
    pages_other: '{{count, number}} pagina’s',
    text: 'Alles komt in je persoonlijke ruimte: alleen jij ziet het. Vanaf dan staat het ook op de server van je organisatie. Laat je het staan, dan blijft het op deze laptop en kun je later alsnog kiezen.',
    bring: 'Meenemen',
    leave: 'Laten staan',
    done_one: '{{count, number}} pagina staat nu in je persoonlijke ruimte en gaat naar de server.',
    done_other: '{{count, number}} pagina’s staan nu in je persoonlijke ruimte en gaan naar de server.',
    notWhole:
      'Niet alles was te lezen. Wat wel te lezen was, is gekopieerd. Je eigen ruimte van eerst staat ook nog op deze laptop.',
    continue: 'Verder',
    failed: {
      'not-yet-here':
        'Je persoonlijke ruimte is nog niet op deze laptop. Wacht tot je verbonden bent en probeer het opnieuw. Er is niets verplaatst.',
      'storage-full':
        'De schijf is vol. Maak ruimte vrij en probeer het opnieuw: wat al gekopieerd is, blijft, en de rest staat nog waar het stond.',
    },
    settings: 'Eigen ruimte meenemen',
    settingsText: 'Van voor je meedeed: {{names}}.',
  },
}
