import { memo, useMemo } from 'react'
import classes from './Face.module.css'
import { useFaceUrl } from './face-source.ts'
import { Portrait } from './Portrait.tsx'
import { portraitOf } from './portraits.ts'

interface FaceProps {
  readonly personId: string
  readonly name: string
  /** 24 inline, 28 in the page bar, 32 in lists, 64 and more when the person is the subject. */
  readonly size?: number
  /** Where no text beside it names the person. */
  readonly labelled?: boolean
  /** A ring in the person's colour: somebody who is here now. */
  readonly ring?: string
  /** Greyed: was here, cannot be seen now. */
  readonly gone?: boolean
}

/** A person's photograph or drawn portrait in a rounded square. */
export const Face = memo(function Face({ personId, name, size = 24, labelled = false, ring, gone = false }: FaceProps) {
  const url = useFaceUrl(personId)
  const portrait = useMemo(() => portraitOf(personId, name), [personId, name])
  const label = labelled ? { role: 'img', 'aria-label': name, title: name } : {}
  const style = { inlineSize: size, blockSize: size, ...(ring === undefined ? {} : { '--ring': ring }) }
  return (
    <span className={classes['face']} data-ring={ring !== undefined} data-gone={gone} style={style} {...label}>
      {url === null ? <Portrait portrait={portrait} /> : <img src={url} alt="" />}
    </span>
  )
})
