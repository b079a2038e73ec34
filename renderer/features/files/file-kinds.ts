import { IconFile, IconFileText, IconFileZip, IconMovie, IconMusic, IconPdf, IconPhoto } from '@tabler/icons-react'

export const fileKinds = ['image', 'video', 'audio', 'pdf', 'text', 'archive', 'office', 'other'] as const
export type FileKind = (typeof fileKinds)[number]

/** What people call it, by the media type that the server read from the content. */
export function fileKindOf(type: string): FileKind {
  if (type.startsWith('image/')) return 'image'
  if (type.startsWith('video/')) return 'video'
  if (type.startsWith('audio/')) return 'audio'
  if (type === 'application/pdf') return 'pdf'
  if (type.startsWith('text/')) return 'text'
  if (/officedocument|opendocument|msword|ms-excel|ms-powerpoint|cfb/.test(type)) return 'office'
  return /zip|x-tar|gzip|x-7z|rar|compress/.test(type) ? 'archive' : 'other'
}

/** Shown in a window of Plein itself: pictures (an SVG in `<img>` runs nothing), sound, film and plain text. Everything else is downloaded. */
export function previewOf(type: string): 'image' | 'video' | 'audio' | 'text' | null {
  const kind = fileKindOf(type)
  if (kind === 'image' || kind === 'video' || kind === 'audio') return kind
  return type === 'text/plain' ? 'text' : null
}

export const kindIcons = {
  image: IconPhoto,
  video: IconMovie,
  audio: IconMusic,
  pdf: IconPdf,
  text: IconFileText,
  archive: IconFileZip,
  office: IconFileText,
  other: IconFile,
} as const satisfies Record<FileKind, unknown>
