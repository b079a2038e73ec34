import { useTranslation } from 'react-i18next'
import { useConnection } from '../../documents/use-connection.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { SetAsideItem } from './SetAsideItem.tsx'
import classes from './SetAsideScreen.module.css'

/** What the server refused or the disk damaged: kept, in sight, until its writer decides. */
export function SetAsideScreen() {
  const { t } = useTranslation()
  const { setAside } = useConnection()
  return (
    <Screen title={t('setAside.title')} lead={t('setAside.text')}>
      {setAside.length === 0 ? (
        <EmptyState text={t('setAside.empty')} />
      ) : (
        <ul className={classes['list']}>
          {setAside.map((one) => (
            <SetAsideItem key={one.id} setAside={one} />
          ))}
        </ul>
      )}
    </Screen>
  )
}
