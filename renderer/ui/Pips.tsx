import classes from './Pips.module.css'

/** Small squares, filled up to a number: the motif of receipts and progress. Words beside them carry the meaning. */
export function Pips({ filled, of = 3 }: { filled: number; of?: number }) {
  return (
    <span className={classes['pips']} aria-hidden="true">
      {Array.from({ length: of }, (_, index) => (
        <i key={index} data-filled={index < filled} />
      ))}
    </span>
  )
}
