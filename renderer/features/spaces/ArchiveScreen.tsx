import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SpaceId } from '../../../model/ids.ts'
import type { SpaceSnapshot } from '../../documents/plein.ts'
import { useMayInSpace } from '../../documents/use-may.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useSpace } from '../../documents/use-spaces.ts'
import { useTimes } from '../../i18n/use-times.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { PageRow, Rows } from '../../ui/Rows.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { useNow } from '../../ui/use-now.ts'
import { SpaceTrouble } from './SpaceTrouble.tsx'

/** The archived pages of a space, each to be put back. */
export function ArchiveScreen({ spaceId }: { spaceId: SpaceId }) {
  const snapshot = useSpace(spaceId)
  return snapshot === null ? <SpaceTrouble /> : <Archive snapshot={snapshot} />
}

function Archive({ snapshot }: { snapshot: SpaceSnapshot }) {
  const { t } = useTranslation()
  const plein = usePlein()
  const times = useTimes()
  const nowMs = useNow(60_000)
  const may = useMayInSpace()
  const { space, archived } = snapshot
  const mayRestore = may('create-shared-page', space)
  return (
    <Screen title={t('space.archiveTitle', { name: space.name })} lead={t('space.archiveText')}>
      {archived.length === 0 ? (
        <EmptyState text={t('space.archiveEmpty')} />
      ) : (
        <Rows>
          {archived.map((page) => (
            <PageRow
              key={page.id}
              page={page}
              side={times.day(page.changedAtMs, nowMs)}
              action={
                (mayRestore || page.kind === 'note') && (
                  <Button size="sm" onClick={() => void plein.restorePage(page.id)}>
                    {t('space.restore')}
                  </Button>
                )
              }
            />
          ))}
        </Rows>
      )}
    </Screen>
  )
}
