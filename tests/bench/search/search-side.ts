/** What each side's page offers to the bench; times in milliseconds. */
export interface SearchSide {
  /** Indexes this many pages and keeps the index for the next load. */
  fill(pages: number): Promise<number>
  /** From nothing open to the answer of a first question. */
  reopen(question: string): Promise<number>
  /** Until whatever the side does by itself after opening is done, or soon after. */
  rest(): Promise<void>
  /** How long each question took until its answer was in the window, and how many pages were found. */
  ask(questions: readonly string[]): Promise<{ readonly times: readonly number[]; readonly found: number }>
}
