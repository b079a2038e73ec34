import { Button, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type FormEvent, useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageId, SpaceId } from '../../../model/ids.ts'
import type { SpaceSnapshot } from '../../documents/plein.ts'
import { useConnection } from '../../documents/use-connection.ts'
import { useMayInSpace } from '../../documents/use-may.ts'
import { usePageRows } from '../../documents/use-page-rows.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useManySpaces, useSpaces } from '../../documents/use-spaces.ts'
import { ChoiceList } from '../../ui/ChoiceList.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogButtons } from '../../ui/DialogButtons.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PageIcon } from '../../ui/PageIcon.tsx'
import { SpaceMark } from '../../ui/SpaceMark.tsx'
import classes from './MovePagesDialog.module.css'
import { type MoveTarget, moveTargets } from './move-targets.ts'

interface MovePagesDialogProps {
  readonly pages: readonly PageId[]
  /** Where they were dropped; null: one chooses. */
  readonly to: { readonly spaceId: SpaceId; readonly parent: PageId | null } | null
  readonly onClose: () => void
}

/** Asks where pages go: at once within their space, as a request to the server into another one. */
export function MovePagesDialog({ pages, to, onClose }: MovePagesDialogProps) {
  const { t } = useTranslation()
  const rows = usePageRows(pages)
  const spaces = useEditableSpaces()
  const [query, setQuery] = useState('')
  const deferred = useDeferredValue(query)
  const targets = useMemo(() => moveTargets(spaces, new Set(pages), deferred), [spaces, pages, deferred])
  const [chosen, setChosen] = useState<string | null>(to === null ? null : (to.parent ?? to.spaceId))
  // What was dropped on need not be among the first that are listed.
  const dropped = useMemo(
    () => moveTargets(spaces, new Set(pages), '').find(({ key }) => key === chosen),
    [spaces, pages, chosen],
  )
  const target = targets.find(({ key }) => key === chosen) ?? dropped
  const leaving = rows.filter((page) => target !== undefined && page.spaceId !== target.spaceId)
  const move = useMove(pages)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (target === undefined) return
    onClose()
    void move(target)
  }
  const first = rows[0]?.title === '' ? t('common.untitled') : (rows[0]?.title ?? '')
  return (
    <Dialog
      onClose={onClose}
      size={560}
      title={
        pages.length === 1
          ? t('treeMoves.moveTitle', { title: first })
          : t('treeMoves.moveTitleMany', { count: pages.length })
      }
    >
      <form onSubmit={submit}>
        <TextInput
          data-autofocus
          label={t('treeMoves.searchField')}
          placeholder={t('treeMoves.searchPlaceholder')}
          leftSection={<IconSearch size={16} stroke={1.75} aria-hidden="true" />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <ChoiceList
          label={t('treeMoves.targets')}
          choices={targets}
          chosen={target?.key ?? null}
          onChoose={setChosen}
          nothing={t('treeMoves.noTarget')}
        >
          {drawTarget}
        </ChoiceList>
        {leaving.length > 0 && target !== undefined && <OtherSpace name={target.spaceName} />}
        <DialogButtons onCancel={onClose}>
          <Button type="submit" variant="filled" disabled={target === undefined}>
            {t('treeMoves.moveHere')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}

function useEditableSpaces(): readonly SpaceSnapshot[] {
  const may = useMayInSpace()
  const summaries = useSpaces()
  const ids = useMemo(
    () => summaries.filter((space) => may('create-shared-page', space)).map((space) => space.id),
    [summaries, may],
  )
  const snapshots = useManySpaces(ids)
  return useMemo(() => snapshots.filter((space) => space !== null), [snapshots])
}

function useMove(ids: readonly PageId[]) {
  const plein = usePlein()
  const rows = usePageRows(ids)
  return async ({ spaceId, parent }: MoveTarget) => {
    const here = rows.filter((page) => page.spaceId === spaceId).map((page) => page.id)
    if (here.length > 0) await plein.trees.movePages(spaceId, here, { parent, before: null })
    for (const page of rows) {
      if (page.spaceId !== spaceId) await plein.spaceAdmin.movePage(page.id, { spaceId, parent })
    }
  }
}

const drawTarget = (target: MoveTarget) => <Target target={target} />

function Target({ target }: { target: MoveTarget }) {
  const { t } = useTranslation()
  const { parent, spaceId, spaceName, title, above, kind, icon, hasChildren } = target
  if (parent === null) {
    return (
      <span className={classes['target']}>
        <SpaceMark spaceId={spaceId} name={spaceName} />
        <b>{spaceName}</b>
      </span>
    )
  }
  return (
    <span className={classes['target']} style={{ paddingInlineStart: (above.length + 1) * 18 }}>
      <PageIcon kind={kind} icon={icon} hasChildren={hasChildren} />
      <span className={classes['title']}>{title === '' ? t('common.untitled') : title}</span>
    </span>
  )
}

function OtherSpace({ name }: { name: string }) {
  const { t } = useTranslation()
  const { state } = useConnection()
  const waits = state !== 'online' && state !== 'none'
  return (
    <Notice tone={waits ? 'wait' : 'calm'}>
      {t('treeMoves.otherSpace', { name })} {waits && t('treeMoves.otherSpaceWaits')}
    </Notice>
  )
}
