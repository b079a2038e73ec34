import classes from './Squares.module.css'

const count = 20

/** How far a long work is, as a row of squares. Without a total nobody knows yet. */
export function Squares({ label, text, done, total }: { label: string; text: string; done: number; total: number }) {
  const share = total === 0 ? 0 : done / total
  return (
    <div
      className={classes['squares']}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(share * 100)}
      aria-valuetext={text}
    >
      {Array.from({ length: count }, (_, index) => (
        <i key={index} data-filled={index < Math.floor(share * count)} />
      ))}
    </div>
  )
}
