/** Dutch texts of the inbox. */
export const nlInbox = {
  inbox: {
    title: 'Postvak',
    newCount_one: '{{count, number}} nieuw bericht',
    newCount_other: '{{count, number}} nieuwe berichten',
    mention: 'noemt je in',
    reply: 'antwoordt in',
    page: 'noemt je in de tekst van',
    somebody: 'Iemand',
    new: 'nieuw',
    readAll: 'Alles gelezen',
    emptyTitle: 'Niets dat op je wacht',
    emptyText: 'Hier zie je wie je noemt in een pagina of een reactie, en wie antwoordt waar jij iets zei.',
    offline: 'Je bent offline. Wat anderen nu zeggen, komt zodra er verbinding is.',
    unknownPerson: 'Iemand die hier niet meer is',
  },
}
