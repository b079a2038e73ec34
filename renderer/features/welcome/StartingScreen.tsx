import { useTranslation } from 'react-i18next'
import { Logo } from '../../ui/Logo.tsx'
import classes from './TroubleScreen.module.css'

/** While this laptop's storage opens; the words appear only when that takes a while. */
export function StartingScreen() {
  const { t } = useTranslation()
  return (
    <main className={classes['screen']}>
      <div className={classes['starting']} role="status">
        <Logo size={40} />
        <span>{t('trouble.starting')}</span>
      </div>
    </main>
  )
}
