import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SpaceSnapshot } from '../../documents/plein.ts'
import type { SpaceDetails } from '../../documents/space-admin.ts'
import { useMayInSpace } from '../../documents/use-may.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useRights } from '../../documents/use-rights.ts'
import { AskForRole } from '../../ui/AskForRole.tsx'
import { Notice } from '../../ui/Notice.tsx'
import classes from './MemberStrip.module.css'

/** What one may do in the space where that is less than everything, and how to come to more. */
export function SpaceRights({ snapshot, details }: { snapshot: SpaceSnapshot; details: SpaceDetails | null }) {
  const { space } = snapshot
  const may = useMayInSpace()
  const { owners, asked, ask } = useRights(space.id)
  if (details?.archived === true) return <ArchivedSpace details={details} />
  if (may('create-shared-page', space)) return null
  return (
    <div className={classes['notice']}>
      <AskForRole role={space.role} owners={owners} asked={asked} onAsk={() => ask('editor')} />
    </div>
  )
}

function ArchivedSpace({ details }: { details: SpaceDetails }) {
  const { t } = useTranslation()
  const { spaceAdmin } = usePlein()
  const restore = details.role === 'owner' && (
    <Button size="sm" onClick={() => void spaceAdmin.changeSpace(details.id, { archived: false })}>
      {t('spaceHome.restore')}
    </Button>
  )
  return (
    <div className={classes['notice']}>
      <Notice tone="wait" action={restore}>
        {t('spaceHome.archived')}
      </Notice>
    </div>
  )
}
