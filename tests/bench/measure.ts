/** One line of the report: ours against a peer, or ours against a number. */
export interface Measure {
  readonly what: string
  readonly unit: 'ms' | 'µs' | 'MiB'
  readonly ours: readonly number[]
  /** Absent where the limit is a number and no ratio. */
  readonly peer?: { readonly name: string; readonly values: readonly number[] }
  /** Highest ratio of the medians, or, without a peer, highest median. Null: told, not judged. */
  readonly limit: number | null
}

/** What came of one bench, and how it was measured, in words for the report. */
export interface BenchResult {
  readonly measures: readonly Measure[]
  readonly notes: readonly string[]
}

export interface BenchOptions {
  /** Rounds of ours and the peer in turn. */
  readonly runs: number
  /** Tells the person what is going on. */
  readonly say: (line: string) => void
}

export type Bench = (options: BenchOptions) => Promise<BenchResult>

/** Makes lines of the report from what each round took, in milliseconds and without a peer. */
export function measuresOf<Part extends string>(rounds: readonly Readonly<Record<Part, number>>[]) {
  return (what: string, of: Part, limit: number | null): Measure => ({
    ...{ what, unit: 'ms', limit },
    ours: rounds.map((round) => round[of]),
  })
}
