/** Marks that hardly stand in plain text by accident: one is enough. */
const certainMarks: readonly RegExp[] = [
  /^#{1,6} \S/m,
  /^(?:```|~~~)/m,
  /^\s*[-*+] \[[ xX]\] /m,
  /^\|?[ :]*-{3,}[ :]*\|/m,
  /^> \S/m,
  /\[[^\]\n]+\]\((?:https?:\/\/|mailto:|plein:\/\/)[^\s)]+\)/,
  /\*\*\S[^*\n]*\S?\*\*/,
]

/** A dash or a number at the start of one line may be anything; two in a row are a list. */
const listLines = /^\s*(?:[-*+]|\d{1,3}[.)]) \S.*\n\s*(?:[-*+]|\d{1,3}[.)]) \S/m

/** Whether pasted plain text is better read as Markdown. When in doubt it is not: then what was copied is what appears. */
export function looksLikeMarkdown(text: string): boolean {
  return certainMarks.some((mark) => mark.test(text)) || listLines.test(text)
}
