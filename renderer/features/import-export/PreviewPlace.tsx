import { Select } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { parseId, type PageId, type SpaceId } from '../../../model/ids.ts'
import type { ImportPlace } from '../../documents/in-out.ts'
import type { SpaceSummary, TreePage } from '../../documents/plein.ts'
import { useSpace } from '../../documents/use-spaces.ts'
import classes from './import-export.module.css'

interface PreviewPlaceProps {
  readonly spaces: readonly SpaceSummary[]
  readonly place: ImportPlace
  readonly onChange: (place: ImportPlace) => void
}

/** The space and the page that an import goes under. */
export function PreviewPlace({ spaces, place, onChange }: PreviewPlaceProps) {
  const { t } = useTranslation()
  const snapshot = useSpace(place.spaceId)
  const pages = useMemo(() => pathsIn(snapshot?.tree ?? [], t('common.untitled')), [snapshot, t])
  return (
    <fieldset className={classes['place']}>
      <legend className={classes['dropTitle']}>{t('inOut.place')}</legend>
      <Select
        label={t('inOut.space')}
        allowDeselect={false}
        data={spaces.map(({ id, name }) => ({ value: id, label: name }))}
        value={place.spaceId}
        onChange={(value) => {
          const spaceId = parseId<SpaceId>(value)
          if (spaceId !== undefined) onChange({ spaceId, parent: null })
        }}
      />
      <Select
        label={t('inOut.parent')}
        allowDeselect={false}
        searchable
        limit={50}
        data={[{ value: '', label: t('inOut.parentTop') }, ...pages]}
        value={place.parent ?? ''}
        onChange={(value) => onChange({ ...place, parent: parseId<PageId>(value) ?? null })}
      />
    </fieldset>
  )
}

/** Every page with the way to it, so that two of one title can be told apart. */
function pathsIn(tree: readonly TreePage[], untitled: string): { value: string; label: string }[] {
  const pages: { value: string; label: string }[] = []
  const waiting = tree.map((page) => ({ page, above: '' })).toReversed()
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const label = `${next.above}${next.page.title || untitled}`
    pages.push({ value: next.page.id, label })
    for (const child of next.page.children.toReversed()) waiting.push({ page: child, above: `${label} › ` })
  }
  return pages
}
