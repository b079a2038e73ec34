import type { NodeViewRenderer } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { safeImageSource } from './safe-address.ts'

/** Gives an address that this window may show for a file named by its hash; null where the file is not on this laptop. */
export type FileUrl = (file: string) => Promise<string | null>

/** Draws an image: an uploaded file is looked up by its hash, an address is used as it is if it is one that may be loaded. */
export function imageView(fileUrl: FileUrl, texts: { readonly missing: string }): NodeViewRenderer {
  return ({ node }) => {
    const image = document.createElement('img')
    image.loading = 'lazy'
    image.decoding = 'async'
    image.draggable = true
    const drawing = new ImageDrawing(image, fileUrl, texts.missing)
    image.addEventListener('error', drawing.showMissing)
    drawing.draw(node)
    return {
      dom: image,
      update: (updated) => {
        if (updated.type !== node.type) return false
        drawing.draw(updated)
        return true
      },
      // Only `draw` changes this element.
      ignoreMutation: () => true,
    }
  }
}

class ImageDrawing {
  readonly #image: HTMLImageElement
  readonly #fileUrl: FileUrl
  readonly #missing: string
  #shown: string | null = null

  constructor(image: HTMLImageElement, fileUrl: FileUrl, missing: string) {
    this.#image = image
    this.#fileUrl = fileUrl
    this.#missing = missing
  }

  draw({ attrs }: Node): void {
    const { alt, title, width, file, src } = attrs
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
