import { createContext, type ReactNode, useContext } from 'react'
import type { Plein } from './plein.ts'

const PleinContext = createContext<Plein | null>(null)

/** Hands the one `Plein` of this window down. */
export function PleinProvider({ plein, children }: { plein: Plein; children: ReactNode }) {
  return <PleinContext.Provider value={plein}>{children}</PleinContext.Provider>
}

/** The verbs; for what changes, use the hooks beside this file. */
export function usePlein(): Plein {
  const plein = useContext(PleinContext)
  if (plein === null) throw new Error('usePlein needs a PleinProvider above it')
  return plein
}
