/** The people colours of the design, with their light value: what a stock client, which knows no names, shows. */
export const personColours = {
  delft: '#2A5EA6',
  brick: '#A8402A',
  ochre: '#85600B',
  plum: '#7A3F74',
  teal: '#12697A',
  moss: '#566B1C',
  rose: '#A8325F',
  slate: '#55606B',
} as const
export type PersonColour = keyof typeof personColours

const chosen = ['delft', 'brick', 'ochre', 'plum', 'teal', 'moss', 'rose'] as const

/** A person's colour, the same on every screen; slate is left for those who are gone. */
export function personColourOf(personId: string): PersonColour {
  let sum = 0
  for (let i = 0; i < personId.length; i += 1) sum = (sum * 31 + personId.charCodeAt(i)) % 65_521
  return chosen[sum % chosen.length] ?? 'delft'
}
