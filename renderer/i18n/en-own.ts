import type { nlOwn } from './nl-own.ts'

/** English texts of taking along what was written before one joined. */
export const enOwn: typeof nlOwn = {
  own: {
    title: 'Take your own space along?',
    lede: 'Something of yours is on this laptop already. It can come along to {{organisation}}.',
    pages_one: '{{count, number}} page',
    pages_other: '{{count, number}} pages',
    text: 'Everything goes into your personal space: only you see it. From then on it is on your organisation’s server too. If you leave it, it stays on this laptop and you can still choose later.',
    bring: 'Take it along',
    leave: 'Leave it',
    done_one: '{{count, number}} page is in your personal space now and goes to the server.',
    done_other: '{{count, number}} pages are in your personal space now and go to the server.',
    notWhole:
      'Not everything could be read. What could be is copied. Your own space of before is still on this laptop as well.',
    continue: 'Continue',
    failed: {
      'not-yet-here':
        'Your personal space is not on this laptop yet. Wait until you are connected and try again. Nothing was moved.',
      'storage-full':
        'The disk is full. Make room and try again: what was copied stays, and the rest is still where it was.',
    },
    settings: 'Take your own space along',
    settingsText: 'From before you joined: {{names}}.',
  },
}
