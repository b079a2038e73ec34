import styles from './blocks.module.css'

/** The corner by which one pulls an image wider or narrower; `onEnd` gets its width in pixels. */
export function imageGrip(image: HTMLImageElement, onEnd: (width: number) => void): HTMLElement {
  const grip = document.createElement('span')
  grip.className = styles['grip'] ?? ''
  // The same is to be had by the toolbar.
  grip.setAttribute('aria-hidden', 'true')
  let start: { readonly x: number; readonly width: number } | null = null
  grip.addEventListener('pointerdown', (event) => {
    event.preventDefault()
    start = { x: event.clientX, width: image.getBoundingClientRect().width }
    grip.setPointerCapture(event.pointerId)
  })
  grip.addEventListener('pointermove', (event) => {
    if (start !== null) image.style.inlineSize = `${Math.max(start.width + event.clientX - start.x, 48)}px`
  })
  grip.addEventListener('pointerup', () => {
    if (start === null) return
    start = null
    onEnd(image.getBoundingClientRect().width)
  })
  return grip
}
