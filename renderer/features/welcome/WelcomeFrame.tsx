import { ActionIcon, Menu } from '@mantine/core'
import { IconArrowLeft, IconCheck, IconChevronDown, IconLanguage } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { changeLanguage } from '../../i18n/i18n.ts'
import { languageNames, languages } from '../../i18n/languages.ts'
import { useLanguage } from '../../i18n/use-times.ts'
import { Logo } from '../../ui/Logo.tsx'
import { useScreenTitle } from '../../ui/use-screen-title.ts'
import { CanalHouses } from './CanalHouses.tsx'
import classes from './WelcomeFrame.module.css'

interface WelcomeFrameProps {
  readonly title: string
  readonly lede: string
  readonly onBack?: (() => void) | undefined
  readonly children: ReactNode
}

/** The screen before there is an organisation: the square on the left, one decision on the right. */
export function WelcomeFrame({ title, lede, onBack, children }: WelcomeFrameProps) {
  const { t } = useTranslation()
  useScreenTitle(title)
  return (
    <div className={classes['first']}>
      <CanalHouses />
      <main className={classes['side']}>
        <div className={classes['say']}>
          <header className={classes['head']}>
            {onBack !== undefined && (
              <ActionIcon aria-label={t('common.back')} onClick={onBack}>
                <IconArrowLeft size={18} stroke={1.75} />
              </ActionIcon>
            )}
            <Logo size={32} />
            <b className={classes['name']}>Plein</b>
            <LanguageMenu />
          </header>
          <h1 className={classes['title']}>{title}</h1>
          <p className={classes['lede']}>{lede}</p>
          {children}
        </div>
      </main>
    </div>
  )
}

function LanguageMenu() {
  const { t } = useTranslation()
  const current = useLanguage()
  return (
    <Menu width={180}>
      <Menu.Target>
        <button
          type="button"
          className={classes['language']}
          aria-label={`${t('welcome.language')}: ${languageNames[current]}`}
        >
          <IconLanguage size={16} stroke={1.75} aria-hidden="true" />
          {languageNames[current]}
          <IconChevronDown size={14} stroke={1.75} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {languages.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            aria-current={language === current}
            rightSection={language === current ? <IconCheck size={16} stroke={1.75} aria-hidden="true" /> : null}
            onClick={() => void changeLanguage(language)}
          >
            {languageNames[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
