import type { Area } from 'react-easy-crop'

/** Sharp on a dense screen at the largest size at which a face is shown. */
export const faceSize = 320

/** The square that was chosen of a picture, small enough for every list. */
export async function cropPicture(url: string, area: Area): Promise<Blob | null> {
  const image = await loadImage(url)
  return draw((context) => context.drawImage(image, area.x, area.y, area.width, area.height, 0, 0, faceSize, faceSize))
}

/** A drawn portrait as a picture. */
export async function pictureOfSvg(svg: SVGSVGElement): Promise<Blob | null> {
  const copy = svg.cloneNode(true) as SVGSVGElement
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', String(faceSize))
  copy.setAttribute('height', String(faceSize))
  const url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' }))
  try {
    const image = await loadImage(url)
    return await draw((context) => context.drawImage(image, 0, 0, faceSize, faceSize))
  } finally {
    URL.revokeObjectURL(url)
  }
}

async function loadImage(url: string): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = url
  await image.decode()
  return image
}

function draw(paint: (context: CanvasRenderingContext2D) => void): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  canvas.width = faceSize
  canvas.height = faceSize
  const context = canvas.getContext('2d')
  if (context === null) return Promise.resolve(null)
  paint(context)
  return new Promise((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', 0.88)
  })
}
