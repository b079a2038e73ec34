import classes from './Logo.module.css'

/** The mark of the app and, until it has one of its own, of an organisation; decoration beside a name. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <span
      className={classes['mark']}
      style={{ inlineSize: size, blockSize: size, borderRadius: size / 4 }}
      aria-hidden="true"
    >
      <svg viewBox="0 0 24 24" width={(size * 2) / 3} height={(size * 2) / 3} fill="currentColor">
        <path
          fillRule="evenodd"
          d="M5 2h11a5 5 0 0 1 5 5v5a5 5 0 0 1-5 5H9v4a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1Zm4.500 5a.5.5 0 0 0-.5.5v4a.5.5 0 0 0 .5.5h6a.5.5 0 0 0 .5-.5v-4a.5.5 0 0 0-.5-.5Z"
        />
      </svg>
    </span>
  )
}
