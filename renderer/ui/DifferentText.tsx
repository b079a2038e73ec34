import type { DifferentWords } from '../../model/word-difference.ts'
import classes from './DifferentText.module.css'

/** Words that came underlined, words that went struck: never by colour alone, and said to those who hear the page. */
export function DifferentText({ words }: { words: readonly DifferentWords[] }) {
  return words.map(({ text, change }, index) => {
    if (change === 'added') {
      return (
        <ins key={index} className={classes['added']}>
          {text}
        </ins>
      )
    }
    if (change === 'removed') {
      return (
        <del key={index} className={classes['removed']}>
          {text}
        </del>
      )
    }
    return <span key={index}>{text}</span>
  })
}
