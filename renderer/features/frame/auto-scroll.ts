/** The strip at the upper and lower edge in which the tree scrolls while one drags. */
const edge = 44
/** Pixels per frame at the very edge: about a screen per second. */
const fastest = 14

export interface AutoScroll {
  at(clientX: number, clientY: number): void
  stop(): void
}

/** Scrolls an element while something is dragged near its upper or lower edge. */
export function openAutoScroll(element: () => HTMLElement | null): AutoScroll {
  let speed = 0
  let frame: number | null = null
  const step = () => {
    frame = null
    const scrolled = element()
    if (speed === 0 || scrolled === null) return
    scrolled.scrollTop += speed
    frame = requestAnimationFrame(step)
  }
  return {
    at(clientX, clientY) {
      const box = element()?.getBoundingClientRect()
      speed = box === undefined || clientX < box.left || clientX > box.right ? 0 : speedAt(clientY, box)
      frame ??= requestAnimationFrame(step)
    },
    stop() {
      speed = 0
      if (frame !== null) cancelAnimationFrame(frame)
      frame = null
    },
  }
}

/** 0 in the middle, faster towards an edge; negative is up. */
export function speedAt(y: number, box: { readonly top: number; readonly bottom: number }): number {
  if (y < box.top + edge) return -Math.ceil(Math.min(1, (box.top + edge - y) / edge) * fastest)
  if (y > box.bottom - edge) return Math.ceil(Math.min(1, (y - box.bottom + edge) / edge) * fastest)
  return 0
}
