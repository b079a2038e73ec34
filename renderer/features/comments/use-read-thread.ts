import { useEffect } from 'react'
import type { ThreadView } from '../../documents/comments.ts'
import { usePlein } from '../../documents/use-plein.tsx'

/** What stands in a thread that is shown whole is read: it is not new in the inbox any more. */
export function useReadThread({ opening, replies }: ThreadView): void {
  const { inbox } = usePlein()
  useEffect(() => {
    const refs = (opening === null ? replies : [opening, ...replies]).map(({ ref }) => ref)
    inbox.setRead(refs, true)
  }, [inbox, opening, replies])
}
