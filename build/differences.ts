import { mostApart, type Measured } from './design.ts'

/** One screen beside its drawing. */
export interface Compared {
  /** Such as `page-light-1440x900`. */
  readonly name: string
  readonly picture: string
  readonly measured: readonly Measured[]
}

/** The list of docs/screens/differences.md: what differs by more than the design allows, and what of it is not used. */
export function differences(compared: readonly Compared[], unused: readonly string[]): string {
  const screens = compared.flatMap(({ name, picture, measured }) => {
    const counted = measured.filter(({ worst }) => worst > 0)
    const far = counted.filter(({ worst }) => worst > mostApart)
    return [
      `## ${name}, drawn as ${picture}`,
      '',
      `![The drawing on the left, the screen on the right](beside-${name}.png)`,
      '',
      `${measured.length} parts measured, ${far.length} of them more than ${mostApart} px apart.`,
      '',
      ...(far.length === 0 ? [] : ['| part | drawn | shown | apart |', '|-|-|-|-|', ...far.map(row), '']),
    ]
  })
  const tokens = unused.length === 0 ? 'All of them are used.' : unused.map((name) => `- \`${name}\``).join('\n')
  return [
    '# Screens beside their drawings',
    '',
    'Made by `npm run screenshots`, with the pictures. Lengths in CSS pixels: x, y, width x height.',
    '',
    ...screens,
    '## Tokens of the design that no rule uses',
    '',
    tokens,
    '',
  ].join('\n')
}

function row({ name, design, ours, worst }: Measured): string {
  const shown = ours === null ? 'not there' : words(ours)
  return `| ${name} | ${words(design)} | ${shown} | ${Number.isFinite(worst) ? Math.round(worst) : ''} |`
}

function words({ x, y, width, height }: Measured['design']): string {
  return `${Math.round(x)}, ${Math.round(y)}, ${Math.round(width)} x ${Math.round(height)}`
}
