import { Menu } from '@mantine/core'
import {
  IconArchive,
  IconArrowBarLeft,
  IconArrowBarRight,
  IconArrowDown,
  IconArrowRight,
  IconArrowUp,
  IconCopy,
  IconCopyPlus,
  IconFilePlus,
  IconFolderOpen,
  IconNotebook,
  IconPencil,
  IconStar,
  IconStarOff,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TreePage } from '../../documents/plein.ts'
import { useMarks } from '../../documents/use-marks.ts'
import { useDialog } from '../../ui/dialogs.tsx'
import { menuKeys } from '../../ui/menu-keys.tsx'
import classes from './SpaceTree.module.css'
import type { MoveWay } from './tree-keys.ts'
import { pageIdOf, spaceIdOf, type TreeItem } from './tree-rows.ts'
import type { TreeVerbs } from './use-tree-verbs.ts'

interface RowMenuProps {
  readonly row: TreeItem
  /** The page of the row, or all that are selected with it. */
  readonly pages: readonly TreePage[]
  readonly mayChange: boolean
  readonly verbs: TreeVerbs
  readonly onRename: () => void
  readonly onClose: () => void
}

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const

/** What one can do with a row of the tree, or with all that are selected, with the keys that do the same. */
export function RowMenu(props: RowMenuProps) {
  const isOne = props.pages.length <= 1
  return (
    <Menu
      opened
      onClose={props.onClose}
      position="bottom-start"
      width={292}
      returnFocus={false}
      // Without keydown, which Mantine adds: the key that opens the menu still travels on, and would close it.
      clickOutsideEvents={['mousedown', 'touchstart']}
    >
      <Menu.Target>
        <span className={classes['menuAnchor']} />
      </Menu.Target>
      <Menu.Dropdown>
        {props.row.type === 'space' && <SpaceActions {...props} />}
        {isOne && props.mayChange && <CreateActions {...props} />}
        {isOne && props.row.type === 'page' && props.mayChange && <OnePageActions {...props} />}
        {props.row.type === 'page' && <PageActions {...props} isOne={isOne} />}
      </Menu.Dropdown>
    </Menu>
  )
}

function SpaceActions({ row, verbs }: RowMenuProps) {
  const { t } = useTranslation()
  return (
    <>
      <Menu.Item leftSection={<IconFolderOpen {...icon} />} onClick={() => verbs.open(row)}>
        {t('tree.openSpace')}
      </Menu.Item>
      <Menu.Item leftSection={<IconArchive {...icon} />} onClick={() => verbs.openArchive(row)}>
        {t('tree.showArchived')}
      </Menu.Item>
    </>
  )
}

function CreateActions({ row }: RowMenuProps) {
  const { t } = useTranslation()
  const openDialog = useDialog()
  const create = (kind: 'wiki' | 'document') => () => {
    openDialog({ name: 'create-page', spaceId: spaceIdOf(row), parent: pageIdOf(row), kind })
  }
  return (
    <>
      <Menu.Item leftSection={<IconFilePlus {...icon} />} onClick={create('wiki')}>
        {t('tree.newChild')}
      </Menu.Item>
      <Menu.Item leftSection={<IconNotebook {...icon} />} onClick={create('document')}>
        {t('tree.newDocument')}
      </Menu.Item>
    </>
  )
}

const moves = [
  { way: 'up', text: 'tree.moveUp', Icon: IconArrowUp, keys: 'Alt+ArrowUp' },
  { way: 'down', text: 'tree.moveDown', Icon: IconArrowDown, keys: 'Alt+ArrowDown' },
  { way: 'in', text: 'tree.moveIn', Icon: IconArrowBarRight, keys: 'Alt+ArrowRight' },
  { way: 'out', text: 'tree.moveOut', Icon: IconArrowBarLeft, keys: 'Alt+ArrowLeft' },
] as const satisfies readonly { way: MoveWay; text: string; Icon: unknown; keys: string }[]

function OnePageActions({ pages, verbs, onRename }: RowMenuProps) {
  const { t } = useTranslation()
  return (
    <>
      <Menu.Item leftSection={<IconPencil {...icon} />} {...menuKeys('F2')} onClick={onRename}>
        {t('tree.rename')}
      </Menu.Item>
      <Menu.Divider />
      {moves.map(({ way, text, Icon, keys }) => (
        <Menu.Item
          key={way}
          leftSection={<Icon {...icon} />}
          {...menuKeys(keys)}
          onClick={() => void verbs.moveStep(pages, way)}
        >
          {t(text)}
        </Menu.Item>
      ))}
      <Menu.Divider />
    </>
  )
}

/** What goes for one page as for several. */
function PageActions({ pages, verbs, mayChange, isOne }: RowMenuProps & { readonly isOne: boolean }) {
  const { t } = useTranslation()
  const marks = useMarks()
  const isFavourite = pages.every((page) => marks.mark(page.id).isFavourite)
  const hasChildren = pages.some((page) => page.children.length > 0)
  return (
    <>
      {!isOne && <Menu.Label>{t('treeMoves.pages', { count: pages.length })}</Menu.Label>}
      <Menu.Item
        leftSection={isFavourite ? <IconStarOff {...icon} /> : <IconStar {...icon} />}
        onClick={() => verbs.setFavourite(pages, !isFavourite)}
      >
        {t(isFavourite ? 'treeMoves.removeFavourite' : 'treeMoves.addFavourite')}
      </Menu.Item>
      {mayChange && (
        <>
          <Menu.Item leftSection={<IconArrowRight {...icon} />} onClick={() => verbs.moveElsewhere(pages)}>
            {t('treeMoves.moveTo')}
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => void verbs.duplicate(pages, false)}>
            {t('treeMoves.duplicate')}
          </Menu.Item>
          {hasChildren && (
            <Menu.Item leftSection={<IconCopyPlus {...icon} />} onClick={() => void verbs.duplicate(pages, true)}>
              {t('treeMoves.duplicateAll')}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item leftSection={<IconArchive {...icon} />} onClick={() => void verbs.archive(pages)}>
            {t('tree.archive')}
          </Menu.Item>
        </>
      )}
    </>
  )
}
