import type { SnippetPart } from '../../model/search/snippet.ts'
import classes from './Marked.module.css'

/** A piece of text with what was looked for marked in it. */
export function Marked({ parts }: { parts: readonly SnippetPart[] }) {
  return parts.map(({ text, hit }, place) =>
    hit ? (
      <mark key={place} className={classes['mark']}>
        {text}
      </mark>
    ) : (
      text
    ),
  )
}
