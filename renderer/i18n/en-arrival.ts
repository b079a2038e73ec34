import type { nlArrival } from './nl-arrival.ts'

/** English texts of the screen after joining. */
export const enArrival: typeof nlArrival = {
  arrival: {
    title: 'Welcome, {{name}}. This comes along on your laptop',
    coming: 'What comes to your laptop',
    listing: 'Fetching the list of pages',
    counting: '{{here, number}} of {{pages, number}} pages',
    complete_zero: 'There are no pages yet',
    complete_one: 'The one page is on your laptop',
    complete_other: 'All {{count, number}} pages are on your laptop',
    percent: '{{part}}%',
    meanwhile: 'You can begin already: the newest comes first.',
    offlineToo: 'You can read them and write in them without a network.',
    go: 'To the square',
    people: 'People to begin with',
    communityManager: 'Knows the community. Ask here who knows what.',
    administrator: 'Looks after Plein. Helps with access and with your laptop.',
    steps: 'To begin with',
    accepted: 'Invitation accepted',
    face: 'Your face: a photo or a drawn portrait',
    improve: 'Improve one sentence on a page',
  },
}
