import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '../../documents/requests.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Screen } from '../../ui/Screen.tsx'

/** A space that was asked for and has not come yet, or will not. */
export function WaitingSpace({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  const { state, reason } = request
  const words =
    reason !== null ? t(`requests.reason.${reason}`) : t(state === 'waiting' ? 'spaceForm.waits' : 'spaceForm.comes')
  return (
    <Screen title={request.about}>
      <EmptyState
        text={words}
        action={
          <Button variant="filled" renderRoot={(props) => <Link to="/requests" {...props} />}>
            {t('requests.menu')}
          </Button>
        }
      />
    </Screen>
  )
}
