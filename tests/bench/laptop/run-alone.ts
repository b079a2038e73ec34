import type { Bench } from '../measure.ts'
import { spreadOf } from '../statistics.ts'

const runsAlone = 3

/** Runs a bench whose module was started as a program, and prints what came of it. */
export async function runAlone({ main }: ImportMeta, bench: Bench): Promise<void> {
  if (!main) return
  const runs = Number(process.argv[2] ?? runsAlone)
  const { measures, notes } = await bench({ runs, say: (line) => console.log(line) })
  for (const { what, unit, ours, peer, limit } of measures) {
    const own = spreadOf(ours)
    const words = `${what}: ${own.median.toFixed(2)} ${unit} (${own.min.toFixed(2)} to ${own.max.toFixed(2)})`
    const other = peer === undefined ? null : spreadOf(peer.values)
    const ratio =
      other === null
        ? ''
        : `, ${peer?.name} ${other.median.toFixed(2)}, ratio ${(own.median / other.median).toFixed(3)}`
    console.log(words + ratio + (limit === null ? '' : `, limit ${limit}`))
  }
  for (const note of notes) console.log(`- ${note}`)
}
