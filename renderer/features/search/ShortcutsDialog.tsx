import { Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/Dialog.tsx'
import { commandGroups, useAllCommands } from '../../ui/commands.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import { keysHere, singleKeysSetting } from '../../ui/use-shortcuts.ts'
import { useStored } from '../../ui/use-stored.ts'
import classes from './ShortcutsDialog.module.css'

/** Keys that the text and the tree listen to themselves. */
const editorKeys = [
  { name: 'bold', keys: 'Mod+B' },
  { name: 'italic', keys: 'Mod+I' },
  { name: 'link', keys: 'Mod+K' },
  { name: 'comment', keys: 'Mod+Alt+M' },
  { name: 'menu', keys: '/' },
  { name: 'undo', keys: 'Mod+Z' },
  { name: 'toolbar', keys: 'Alt+F10' },
] as const
const treeKeys = [
  { name: 'openRow', keys: 'Enter' },
  { name: 'renameRow', keys: 'F2' },
  { name: 'moveRow', keys: 'Alt+ArrowUp' },
  { name: 'moveTab', keys: 'Alt+ArrowRight' },
] as const

/** Every shortcut with its keys, and whether keys alone count. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const commands = useAllCommands().filter(({ keys }) => keys !== undefined)
  return (
    <Dialog onClose={onClose} title={t('shortcuts.title')} size={720}>
      <SingleKeys />
      <div className={classes['columns']}>
        {commandGroups.map((group) => {
          const rows = commands.filter((command) => command.group === group)
          if (rows.length === 0) return null
          return (
            <Group
              key={group}
              title={t(`commands.groups.${group}`)}
              rows={rows.map(({ title, keys = '' }) => ({ title, keys }))}
            />
          )
        })}
        <Group
          title={t('shortcuts.editor')}
          rows={editorKeys.map(({ name, keys }) => ({ title: t(`shortcuts.${name}`), keys }))}
        />
        <Group
          title={t('shortcuts.tree')}
          rows={treeKeys.map(({ name, keys }) => ({ title: t(`shortcuts.${name}`), keys }))}
        />
      </div>
    </Dialog>
  )
}

function SingleKeys() {
  const { t } = useTranslation()
  const [stored, store] = useStored(singleKeysSetting, 'on')
  return (
    <Switch
      className={classes['switch'] ?? ''}
      label={t('shortcuts.singleKeys')}
      description={t('shortcuts.singleKeysText')}
      checked={stored !== 'off'}
      onChange={(event) => store(event.currentTarget.checked ? 'on' : 'off')}
    />
  )
}

function Group({ title, rows }: { title: string; rows: readonly { readonly title: string; readonly keys: string }[] }) {
  return (
    <section className={classes['group']}>
      <h3 className={classes['heading']}>{title}</h3>
      <dl>
        {rows.map((row) => (
          <div key={row.title + row.keys} className={classes['row']}>
            <dt>{row.title}</dt>
            <dd>
              <Kbd>{keysHere(row.keys)}</Kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
