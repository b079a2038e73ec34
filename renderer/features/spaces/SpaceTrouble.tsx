import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Screen } from '../../ui/Screen.tsx'

/** A space that is unknown here, or not for this person: which of the two is not told. */
export function SpaceTrouble() {
  const { t } = useTranslation()
  return (
    <Screen title={t('space.unknownTitle')}>
      <EmptyState
        text={t('space.unknownText')}
        action={
          <Button variant="filled" renderRoot={(props) => <Link to="/" {...props} />}>
            {t('common.toStart')}
          </Button>
        }
      />
    </Screen>
  )
}
