import { Menu } from '@mantine/core'
import { IconCheck, IconPlus, IconSelector, IconSettings, IconUserPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { usePlatform } from '../../documents/use-platform.tsx'
import { usePlein } from '../../documents/use-plein.tsx'
import { useMay } from '../../documents/use-may.ts'
import { useOpenSession } from '../../documents/use-session.ts'
import { useDialog } from '../../ui/dialogs.tsx'
import { Logo } from '../../ui/Logo.tsx'
import { menuKeys } from '../../ui/menu-keys.tsx'
import classes from './OrganisationMenu.module.css'

/** The organisation of this window, and the way to the others on this laptop. */
export function OrganisationMenu() {
  const { t } = useTranslation()
  const { organisation } = useOpenSession()
  return (
    <Menu position="bottom-start" width={264}>
      <Menu.Target>
        <button
          type="button"
          className={classes['organisation']}
          aria-label={t('frame.organisation', { name: organisation.name })}
        >
          <Logo />
          <span className={classes['name']}>{organisation.name}</span>
          <IconSelector className={classes['chevron']} size={14} stroke={1.75} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Organisations />
        <Menu.Divider />
        <Actions />
      </Menu.Dropdown>
    </Menu>
  )
}

function Organisations() {
  const { t } = useTranslation()
  const plein = usePlein()
  const navigate = useNavigate()
  const { organisation, organisations } = useOpenSession()
  return (
    <>
      <Menu.Label>{t('frame.otherOrganisations')}</Menu.Label>
      {organisations.map((one) => (
        <Menu.Item
          key={one.id}
          leftSection={<Logo size={20} />}
          rightSection={one.id === organisation.id ? <IconCheck size={16} stroke={1.75} aria-hidden="true" /> : null}
          aria-current={one.id === organisation.id}
          onClick={() => {
            if (one.id === organisation.id) return
            void plein.openOrganisation(one.id).then(() => navigate({ to: '/' }))
          }}
        >
          {one.name}
        </Menu.Item>
      ))}
    </>
  )
}

function Actions() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const openDialog = useDialog()
  const { organisation } = useOpenSession()
  const mayInvite = useMay('invite') && organisation.kind === 'server'
  const { severalOrganisations } = usePlatform().capabilities
  return (
    <>
      {mayInvite && (
        <Menu.Item
          leftSection={<IconUserPlus size={18} stroke={1.75} aria-hidden="true" />}
          onClick={() => {
            openDialog({ name: 'invite' })
          }}
        >
          {t('frame.invite')}
        </Menu.Item>
      )}
      {(severalOrganisations || organisation.kind !== 'server') && (
        <Menu.Item
          leftSection={<IconPlus size={18} stroke={1.75} aria-hidden="true" />}
          onClick={() => void navigate({ to: '/welcome' })}
        >
          {t('frame.addOrganisation')}
        </Menu.Item>
      )}
      <Menu.Item
        leftSection={<IconSettings size={18} stroke={1.75} aria-hidden="true" />}
        {...menuKeys('Mod+,')}
        onClick={() => void navigate({ to: '/settings' })}
      >
        {t('frame.settings')}
      </Menu.Item>
    </>
  )
}
