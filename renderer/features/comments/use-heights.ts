import { useEffect, useRef, useState } from 'react'
import type { AnchorKey } from '../../documents/anchor-board.ts'

type Heights = ReadonlyMap<AnchorKey, number>

/** How high each card is, told again whenever it changes. `measure(key)` is the ref of a card. */
export function useHeights(): readonly [Heights, (key: AnchorKey) => (element: HTMLElement | null) => void] {
  const [heights, setHeights] = useState<Heights>(new Map())
  const elements = useRef(new Map<Element, AnchorKey>())
  const observer = useRef<ResizeObserver | null>(null)
  useEffect(() => {
    const known = elements.current
    const watching = new ResizeObserver((entries) => {
      setHeights((before) => {
        const after = new Map(before)
        for (const { target } of entries) {
          const key = known.get(target)
          if (key !== undefined) after.set(key, Math.ceil(target.getBoundingClientRect().height))
        }
        return after
      })
    })
    observer.current = watching
    for (const element of known.keys()) watching.observe(element)
    return () => {
      watching.disconnect()
      observer.current = null
    }
  }, [])
  const measure = (key: AnchorKey) => (element: HTMLElement | null) => {
    if (element === null) return undefined
    elements.current.set(element, key)
    observer.current?.observe(element)
    return () => {
      elements.current.delete(element)
      observer.current?.unobserve(element)
    }
  }
  return [heights, measure]
}
