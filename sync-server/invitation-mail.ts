import { oneLine } from './people.ts'

/** In both languages of the interface: nobody knows yet which one the invited person reads. Plain text, and nothing but the link to click. */
export function invitationMail({
  organisation,
  inviter,
  link,
}: {
  readonly organisation: string
  readonly inviter: string
  readonly link: string
}): { readonly subject: string; readonly text: string } {
  const [who, where] = [oneLine(inviter), oneLine(organisation)]
  return {
    subject: `${who} nodigt je uit voor ${where} · ${who} invites you to ${where}`,
    text: [
      'Hallo,',
      '',
      `${who} nodigt je uit om mee te doen met ${where} op Plein. Open deze link om te beginnen:`,
      '',
      link,
      '',
      'De link werkt één keer, en een week lang. Ken je deze persoon niet? Dan kun je deze e-mail weggooien.',
      '',
      '--',
      '',
      'Hello,',
      '',
      `${who} invites you to join ${where} on Plein. Open the link above to begin.`,
      'It works once, within a week. If you do not know this person, you can delete this e-mail.',
      '',
    ].join('\n'),
  }
}
