import type { AwayWords } from '../../../model/away-review.ts'
import classes from './AwayText.module.css'

/** Words with whose they are: mine and theirs underlined in their own way, what went struck; never by colour alone. */
export function AwayText({ words }: { words: readonly AwayWords[] }) {
  return (
    <p className={classes['text']}>
      {words.map(({ text, by, change }, index) => {
        if (change === 'removed') return <del key={index}>{text}</del>
        if (change === 'same') return <span key={index}>{text}</span>
        return (
          <ins key={index} data-by={by}>
            {text}
          </ins>
        )
      })}
    </p>
  )
}
