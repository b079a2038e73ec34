import { ActionIcon } from '@mantine/core'
import { IconArchive, IconArrowRight, IconCopy, IconStar, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TreePage } from '../../documents/plein.ts'
import classes from './SelectionBar.module.css'
import type { TreeVerbs } from './use-tree-verbs.ts'

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const

interface SelectionBarProps {
  readonly pages: readonly TreePage[]
  readonly verbs: TreeVerbs
  readonly onClear: () => void
}

/** What one can do with the pages that are selected; absent while there are none. */
export function SelectionBar({ pages, verbs, onClear }: SelectionBarProps) {
  const { t } = useTranslation()
  const mayChange = verbs.mayChangeAll(pages)
  if (pages.length === 0) return null
  const actions = [
    { name: 'treeMoves.moveTo', Icon: IconArrowRight, run: () => verbs.moveElsewhere(pages), needs: true },
    { name: 'treeMoves.duplicate', Icon: IconCopy, run: () => void verbs.duplicate(pages, false), needs: true },
    { name: 'treeMoves.addFavourite', Icon: IconStar, run: () => verbs.setFavourite(pages, true), needs: false },
    { name: 'tree.archive', Icon: IconArchive, run: () => void verbs.archive(pages).then(onClear), needs: true },
  ] as const
  return (
    <div className={classes['bar']} role="toolbar" aria-label={t('treeMoves.selection')}>
      <span className={classes['count']} role="status">
        {t('treeMoves.chosen', { count: pages.length })}
      </span>
      {actions.map(({ name, Icon, run, needs }) =>
        needs && !mayChange ? null : (
          <ActionIcon key={name} size={28} aria-label={t(name)} title={t(name)} onClick={run}>
            <Icon {...icon} />
          </ActionIcon>
        ),
      )}
      <ActionIcon size={28} aria-label={t('treeMoves.clear')} title={t('treeMoves.clear')} onClick={onClear}>
        <IconX {...icon} />
      </ActionIcon>
    </div>
  )
}
