import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '../../documents/requests.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Screen } from '../../ui/Screen.tsx'

/** A space that was asked for and has not come yet. */
export function WaitingSpace({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  return (
    <Screen title={request.about}>
      <EmptyState
        text={t('spaceForm.waits')}
        action={
          <Button variant="filled" renderRoot={(props) => <Link to="/requests" {...props} />}>
            {t('requests.menu')}
          </Button>
        }
      />
    </Screen>
  )
}
