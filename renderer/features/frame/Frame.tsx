import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Frame.module.css'
import { Sidebar } from './Sidebar.tsx'
import { OrganisationMenu } from './OrganisationMenu.tsx'
import { TitleBar } from './TitleBar.tsx'

/** The window around every screen of an open organisation: title bar, sidebar, content. */
export function Frame({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className={classes['frame']}>
      <a className={classes['skip']} href="#content" onClick={focusContent}>
        {t('frame.skip')}
      </a>
      <div className={classes['organisation']}>
        <OrganisationMenu />
      </div>
      <TitleBar />
      <Sidebar />
      <main id="content" className={classes['main']} tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}

// The address after # belongs to the router, so the link may not change it.
function focusContent(event: { preventDefault(): void }): void {
  event.preventDefault()
  document.getElementById('content')?.focus()
}
