import { useTranslation } from 'react-i18next'
import type { DocumentKind } from '../../model/kinds.ts'
import type { SpaceId } from '../../model/ids.ts'
import { useSpaces } from './use-spaces.ts'

/** How a document is called that is perhaps no page: what one said in a space, its tree, one's own marks. */
export function useDocumentTitle(document: {
  readonly kind: DocumentKind | null
  readonly spaceId: SpaceId | null
  readonly title: string
}): string {
  const { t } = useTranslation()
  const { kind, spaceId, title } = document
  const space = useSpaces().find(({ id }) => id === spaceId)?.name ?? ''
  if (kind === 'acts' || kind === 'space') return t(`receipt.of.${kind}`, { space })
  if (kind === 'private') return t('receipt.of.private')
  return title === '' ? t('common.untitled') : title
}
