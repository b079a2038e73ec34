import type { NodeViewRenderer } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { imageAlignOf } from '../../model/page-content.ts'
import styles from './blocks.module.css'
import { imageGrip } from './image-grip.ts'
import { setImage, sizeOf } from './image-size.ts'
import { otherSiteOf, safeImageSource } from './safe-address.ts'

/** Gives an address that this window may show for a file named by its hash; null where the file is not on this laptop. */
export type FileUrl = (file: string) => Promise<string | null>

interface ImageTexts {
  readonly missing: string
  readonly elsewhere: (site: string) => string
}

/** Draws an image: an uploaded file is looked up by its hash, a picture in its address is drawn, one on another site becomes a link. */
export function imageView(fileUrl: FileUrl, texts: ImageTexts): NodeViewRenderer {
  return ({ node, editor, getPos }) => {
    const link = linkOf(node, texts)
    if (link !== null) {
      return {
        dom: drawLink(link),
        // Drawn anew with the next change: a link is cheap.
        update: (updated) => updated.type === node.type && isSameLink(link, linkOf(updated, texts)),
        ignoreMutation: () => true,
      }
    }
    const image = document.createElement('img')
    image.loading = 'lazy'
    image.decoding = 'async'
    image.draggable = true
    const drawing = new ImageDrawing(image, fileUrl, texts.missing)
    image.addEventListener('error', drawing.showMissing)
    drawing.draw(node)
    const grip = imageGrip(image, (width) => {
      const position = getPos()
      if (editor.isEditable && position !== undefined) setImage(editor, position, sizeOf(width))
    })
    drawing.figure.append(grip)
    return {
      dom: drawing.figure,
      // Pulling at the grip selects and drags nothing.
      stopEvent: (event) => event.target === grip,
      update: (updated) => {
        if (updated.type !== node.type || linkOf(updated, texts) !== null) return false
        drawing.draw(updated)
        return true
      },
      // Only `draw` changes this element.
      ignoreMutation: () => true,
    }
  }
}

interface ImageLink {
  readonly href: string
  readonly words: string
}

/** The link that stands for an image on another site; null for an image that is drawn. */
function linkOf({ attrs }: Node, texts: ImageTexts): ImageLink | null {
  const href = typeof attrs['file'] === 'string' ? null : safeImageSource(attrs['src'])
  const site = href === null ? null : otherSiteOf(href, location.origin)
  if (href === null || site === null) return null
  const alt: unknown = attrs['alt']
  return { href, words: typeof alt === 'string' && alt.trim() !== '' ? alt : texts.elsewhere(site) }
}

function isSameLink(one: ImageLink, other: ImageLink | null): boolean {
  return one.href === other?.href && one.words === other.words
}

function drawLink({ href, words }: ImageLink): HTMLElement {
  const link = document.createElement('a')
  link.href = href
  link.rel = 'noopener noreferrer'
  link.title = href
  link.textContent = words
  return link
}

class ImageDrawing {
  readonly #image: HTMLImageElement
  readonly #fileUrl: FileUrl
  readonly #missing: string
  readonly figure = document.createElement('span')
  readonly #caption = document.createElement('span')
  #shown: string | null = null

  constructor(image: HTMLImageElement, fileUrl: FileUrl, missing: string) {
    this.#image = image
    this.#fileUrl = fileUrl
    this.#missing = missing
    this.figure.className = styles['figure'] ?? ''
    this.#caption.className = styles['caption'] ?? ''
    this.figure.append(image, this.#caption)
  }

  draw({ attrs }: Node): void {
    const { alt, title, width, file, src, caption, align } = attrs
    this.#caption.textContent = typeof caption === 'string' ? caption : ''
    this.#caption.hidden = this.#caption.textContent === ''
    this.figure.dataset['align'] = imageAlignOf(align) ?? ''
    this.#image.style.inlineSize = ''
    this.#image.alt = typeof alt === 'string' ? alt : ''
    this.#image.title = typeof title === 'string' ? title : ''
    if (typeof width === 'number' && width > 0) this.#image.width = width
    else this.#image.removeAttribute('width')
    void this.#load(typeof file === 'string' ? file : null, safeImageSource(src))
  }

  readonly showMissing = (): void => {
    this.#image.dataset['missing'] = ''
    if (this.#image.alt === '') this.#image.alt = this.#missing
  }

  async #load(file: string | null, src: string | null): Promise<void> {
    const wanted = file ?? src
    if (wanted === this.#shown) return
    this.#shown = wanted
    const url = file === null ? src : await this.#urlOf(file)
    if (this.#shown !== wanted) return // something else was put there meanwhile
    if (url === null) {
      this.showMissing()
      return
    }
    delete this.#image.dataset['missing']
    this.#image.src = url
  }

  async #urlOf(file: string): Promise<string | null> {
    try {
      return await this.#fileUrl(file)
    } catch {
      // Not to be had now is shown the same way as not there.
      return null
    }
  }
}
