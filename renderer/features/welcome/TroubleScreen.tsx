import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { StorageTrouble } from '../../documents/plein.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import classes from './TroubleScreen.module.css'

/** Nothing can be stored here: why, what is safe, what to do. */
export function TroubleScreen({ reason }: { reason: StorageTrouble }) {
  const { t } = useTranslation()
  return (
    <main className={classes['screen']}>
      <div role="alert">
        <EmptyState
          isScreen
          title={t('trouble.title')}
          text={t(`trouble.${reason}`)}
          action={
            <Button variant="filled" onClick={() => location.reload()}>
              {t('trouble.reload')}
            </Button>
          }
        />
      </div>
    </main>
  )
}
