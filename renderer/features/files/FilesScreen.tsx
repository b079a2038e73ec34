import { Button, FileButton, TextInput } from '@mantine/core'
import { IconSearch, IconUpload } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FileHash, PageId, SpaceId } from '../../../model/ids.ts'
import type { SpaceFiles } from '../../documents/files.ts'
import { pagesOf } from '../../documents/page-tree.ts'
import type { SpaceSnapshot } from '../../documents/plein.ts'
import { useFileUses, useRefreshedFiles, useSpaceFiles } from '../../documents/use-files.ts'
import { useMayInSpace } from '../../documents/use-may.ts'
import { useSpace } from '../../documents/use-spaces.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { GreyBlocks } from '../../ui/GreyBlocks.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { AddTroubles } from './AddTroubles.tsx'
import { FilePreview } from './FilePreview.tsx'
import { FileTable } from './FileTable.tsx'
import classes from './FilesScreen.module.css'
import { useAddFiles } from './use-add-files.ts'
import { useDropZone } from './use-drop-zone.ts'
import { useFileVerbs } from './use-file-verbs.ts'

/** The files of a space: where each stands, and what can be done with it. */
export function FilesScreen({ spaceId, opened }: { spaceId: SpaceId; opened: FileHash | null }) {
  const { t } = useTranslation()
  const snapshot = useSpace(spaceId)
  if (snapshot === null) {
    return <EmptyState isScreen title={t('files.noSpace')} text={t('files.noSpaceText')} />
  }
  return <SpaceFilesScreen snapshot={snapshot} opened={opened} />
}

function SpaceFilesScreen({ snapshot, opened }: { snapshot: SpaceSnapshot; opened: FileHash | null }) {
  const { space } = snapshot
  const { t } = useTranslation()
  useRefreshedFiles(space.id)
  const list = useSpaceFiles(space.id)
  const mayAdd = useMayInSpace()('create-authored-page', space)
  const { add, troubles, forgetTrouble } = useAddFiles(space.id)
  const zone = useDropZone(mayAdd ? add : undefined)
  return (
    <div className={classes['zone']} {...zone.handlers}>
      {zone.isOver && <p className={classes['over']}>{t('files.drop', { space: space.name })}</p>}
      <Screen
        title={t('files.title', { space: space.name })}
        lead={t(mayAdd ? 'files.lead' : 'files.leadReader')}
        actions={mayAdd && <UploadButton onFiles={add} />}
      >
        <AddTroubles troubles={troubles} onClose={forgetTrouble} />
        <Listed snapshot={snapshot} list={list} mayAdd={mayAdd} />
      </Screen>
      {opened !== null && <FilePreview key={opened} spaceId={space.id} hash={opened} />}
    </div>
  )
}

function UploadButton({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const { t } = useTranslation()
  return (
    <FileButton multiple onChange={onFiles}>
      {(props) => (
        <Button {...props} variant="filled" leftSection={<IconUpload size={18} stroke={1.75} aria-hidden="true" />}>
          {t('files.add')}
        </Button>
      )}
    </FileButton>
  )
}

function Listed({ snapshot, list, mayAdd }: { snapshot: SpaceSnapshot; list: SpaceFiles; mayAdd: boolean }) {
  const { space } = snapshot
  const { t } = useTranslation()
  const [filter, setFilter] = useState('')
  const uses = useFileUses(space.id, list.files.length)
  const verbs = useFileVerbs(space, uses)
  const titles = useMemo(() => titlesIn(snapshot), [snapshot])
  if (!list.isLoaded) return <GreyBlocks />
  if (list.files.length === 0 && list.adding.length === 0) {
    return <EmptyState text={t(mayAdd ? 'files.empty' : 'files.emptyReader')} />
  }
  const words = filter.trim().toLocaleLowerCase()
  const shown = list.files.filter(({ name }) => name.toLocaleLowerCase().includes(words))
  return (
    <>
      <TextInput
        className={classes['filter'] ?? ''}
        aria-label={t('files.filter')}
        placeholder={t('files.filter')}
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden="true" />}
        value={filter}
        onChange={(event) => setFilter(event.currentTarget.value)}
      />
      {shown.length === 0 && list.adding.length === 0 ? (
        <EmptyState text={t('files.noneMatch', { filter: filter.trim() })} />
      ) : (
        <FileTable files={shown} adding={list.adding} uses={uses} titles={titles} verbs={verbs} />
      )}
    </>
  )
}

function titlesIn({ tree, notes, archived }: SpaceSnapshot): ReadonlyMap<PageId, string> {
  return new Map([...pagesOf(tree), ...notes, ...archived].map(({ id, title }) => [id, title]))
}
