import { startTransition, useEffect, useState } from 'react'

/** False at first, true when what is shown has been drawn: what takes long to make then comes in small steps, and typing goes on. */
export function useAfterPaint(): boolean {
  const [isDrawn, setDrawn] = useState(false)
  useEffect(() => {
    const frame = requestAnimationFrame(() => startTransition(() => setDrawn(true)))
    return () => cancelAnimationFrame(frame)
  }, [])
  return isDrawn
}
