import type { nlInbox } from './nl-inbox.ts'
import type { Same } from './texts.ts'

/** English texts of the inbox. */
export const enInbox: Same<typeof nlInbox> = {
  inbox: {
    title: 'Inbox',
    newCount_one: '{{count, number}} new message',
    newCount_other: '{{count, number}} new messages',
    mention: 'mentions you in',
    reply: 'replies in',
    page: 'mentions you in the text of',
    somebody: 'Somebody',
    new: 'new',
    readAll: 'Mark all as read',
    emptyTitle: 'Nothing waits for you',
    emptyText: 'Here you see who mentions you in a page or a comment, and who replies where you said something.',
    offline: 'You are offline. What others say now comes as soon as there is a connection.',
    unknownPerson: 'Somebody who is no longer here',
  },
}
