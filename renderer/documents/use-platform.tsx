import { createContext, type ReactNode, useContext } from 'react'
import type { Platform } from '../platform/platform.ts'

const PlatformContext = createContext<Platform | null>(null)

/** Hands down what the machine around this window can do. */
export function PlatformProvider({ platform, children }: { platform: Platform; children: ReactNode }) {
  return <PlatformContext.Provider value={platform}>{children}</PlatformContext.Provider>
}

export function usePlatform(): Platform {
  const platform = useContext(PlatformContext)
  if (platform === null) throw new Error('usePlatform needs a PlatformProvider above it')
  return platform
}
