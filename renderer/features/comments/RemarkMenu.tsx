import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reactionNames } from '../../../model/act.ts'
import type { PageId } from '../../../model/ids.ts'
import type { RemarkView, ThreadView } from '../../documents/comments.ts'
import { useOwnCard } from '../../documents/use-people.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { reactionIcons } from './reaction-icons.ts'
import classes from './RemarkItem.module.css'

interface RemarkMenuProps {
  readonly pageId: PageId
  readonly thread: ThreadView
  readonly remark: RemarkView
  /** Of who said it. */
  readonly name: string
  readonly onEdit: () => void
}

/** What one can do with what was said: nod, and with one's own words, change them or take them back. */
export function RemarkMenu({ pageId, thread, remark, name, onEdit }: RemarkMenuProps) {
  const { t } = useTranslation()
  const { comments } = usePlein()
  const [isOpen, setOpen] = useState(false)
  const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const
  return (
    <div className={classes['tools']} data-open={isOpen}>
      <Menu opened={isOpen} onChange={setOpen} width={232}>
        <Menu.Target>
          <ActionIcon size={28} aria-label={t('comments.more', { name })}>
            <IconDots size={16} stroke={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <ReactionChoices pageId={pageId} remark={remark} />
          {remark.isMine && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconPencil {...icon} />} onClick={() => setTimeout(onEdit)}>
                {t('comments.edit')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconTrash {...icon} />}
                onClick={() => void comments.remove(pageId, remark.ref, thread)}
              >
                {t('comments.remove')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}

function ReactionChoices({ pageId, remark }: Pick<RemarkMenuProps, 'pageId' | 'remark'>) {
  const { t } = useTranslation()
  const { comments } = usePlein()
  const me = useOwnCard()
  const isMine = (name: string) =>
    remark.reactions.some(({ reaction, people }) => reaction === name && me !== null && people.includes(me.id))
  return (
    <>
      <Menu.Label>{t('comments.react')}</Menu.Label>
      <div className={classes['choices']}>
        {reactionNames.map((name) => {
          const ReactionIcon = reactionIcons[name]
          return (
            <Menu.Item
              key={name}
              w="auto"
              aria-label={t(`comments.reaction.${name}`)}
              title={t(`comments.reaction.${name}`)}
              onClick={() => void comments.react(pageId, remark.ref, name, !isMine(name))}
            >
              <ReactionIcon size={18} stroke={1.75} aria-hidden="true" />
            </Menu.Item>
          )
        })}
      </div>
    </>
  )
}
