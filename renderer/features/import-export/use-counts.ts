import { useTranslation } from 'react-i18next'

/** What was counted, before an import and after. */
export interface Counted {
  readonly pages: number
  readonly folders: number
  readonly files: number
  readonly images: number
  readonly links: number
  readonly tables: number
  readonly comments: number
}

/** The counts in words, those that are zero left out but for the pages. */
export function useCounts(): (counted: Counted) => readonly string[] {
  const { t } = useTranslation()
  return ({ pages, folders, files, images, links, tables, comments }) => [
    [t('inOut.pages', { count: pages }), folders > 0 ? t('inOut.folders', { count: folders }) : ''].join(' ').trim(),
    ...(files > 0 ? [t('inOut.files', { count: files })] : []),
    ...(images > 0 ? [t('inOut.images', { count: images })] : []),
    ...(links > 0 ? [t('inOut.links', { count: links })] : []),
    ...(tables > 0 ? [t('inOut.tables', { count: tables })] : []),
    ...(comments > 0 ? [t('inOut.comments', { count: comments })] : []),
  ]
}
