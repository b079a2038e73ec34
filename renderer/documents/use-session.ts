import { useMemo } from 'react'
import type { SessionSnapshot } from './plein.ts'
import { bound, useLive } from './use-live.ts'
import { usePlein } from './use-plein.tsx'

type OpenSession = Extract<SessionSnapshot, { stage: 'open' }>

export function useSession(): SessionSnapshot {
  const plein = usePlein()
  return useLive(useMemo(() => bound(plein.session), [plein]))
}

/** The session of screens that exist only within an organisation; throws elsewhere. */
export function useOpenSession(): OpenSession {
  const session = useSession()
  if (session.stage !== 'open') throw new Error(`This screen needs an open organisation, not ${session.stage}`)
  return session
}
