import { useRouter } from '@tanstack/react-router'
import { type ReactNode, useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpaceId } from '../../../model/ids.ts'
import { usePlatform } from '../../documents/use-platform.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { PassingNotice } from '../../ui/PassingNotice.tsx'
import { linkTarget } from './open-link.ts'
import classes from './PageScreen.module.css'

/** Follows a link of a page; where the platform may not open it, `trouble` says why and offers to copy the address. */
export function useOpenLink(spaceId: SpaceId): {
  readonly openLink: (href: string) => void
  readonly trouble: ReactNode
} {
  const router = useRouter()
  const platform = usePlatform()
  const [refused, setRefused] = useState<string | null>(null)
  const openLink = useCallback(
    (href: string) => {
      setRefused(null)
      const file = /^plein:file\/([0-9a-f]{64})$/.exec(href)?.[1]
      if (file !== undefined) {
        router.history.push(`/space/${spaceId}/files/${file}`)
        return
      }
      const target = linkTarget(href, location.href)
      if ('inside' in target) router.history.push(target.inside)
      else
        void platform.openExternal(target.outside).then((isOpened) => {
          if (!isOpened) setRefused(target.outside)
        })
    },
    [router, platform, spaceId],
  )
  const trouble = refused !== null && <LinkTrouble address={refused} onClose={() => setRefused(null)} />
  return { openLink, trouble }
}

function LinkTrouble({ address, onClose }: { address: string; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <PassingNotice
      tone="calm"
      action={<CopyButton size="sm" text={address} label={t('page.copyAddress')} />}
      onClose={onClose}
    >
      <span className={classes['address']}>{t('page.linkRefused', { address })}</span>
    </PassingNotice>
  )
}
