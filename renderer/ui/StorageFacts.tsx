import { IconDeviceLaptop, IconEyeOff, IconServer } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OrganisationSummary } from '../documents/plein.ts'
import classes from './StorageFacts.module.css'

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const

/** What is stored, and where; without an organisation, how it is in general. */
export function StorageFacts({ organisation }: { organisation: OrganisationSummary | null }) {
  const { t } = useTranslation()
  return (
    <ul className={classes['facts']}>
      <Fact icon={<IconDeviceLaptop {...icon} />}>{t('settings.storesLaptop')}</Fact>
      <Fact icon={<IconServer {...icon} />}>
        <ServerFact organisation={organisation} />
      </Fact>
      <Fact icon={<IconEyeOff {...icon} />}>{t('settings.storesNever')}</Fact>
    </ul>
  )
}

function ServerFact({ organisation }: { organisation: OrganisationSummary | null }) {
  const { t } = useTranslation()
  if (organisation === null) return t('settings.storesAnyServer')
  if (organisation.kind === 'sample') return t('settings.storesSample')
  if (organisation.serverUrl === null) return t('settings.storesNoServer')
  return t('settings.storesServer', { server: organisation.serverUrl })
}

function Fact({ icon: mark, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className={classes['fact']}>
      {mark}
      <span>{children}</span>
    </li>
  )
}
