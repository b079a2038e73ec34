import { useEffect, useState } from 'react'
import type { BringError, Brought, OwnOrganisation } from '../../documents/own-organisations.ts'
import { usePlein } from '../../documents/use-plein.tsx'

/** What was written on this laptop before joining, and the verb that moves it: one organisation after the other. */
export function useBringAlong() {
  const plein = usePlein()
  const [own, setOwn] = useState<readonly OwnOrganisation[] | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [brought, setBrought] = useState<Brought | null>(null)
  const [failure, setFailure] = useState<BringError | null>(null)
  useEffect(() => {
    let isGone = false
    void plein.ownOrganisations.list().then((list) => {
      if (!isGone) setOwn(list)
    })
    return () => {
      isGone = true
    }
  }, [plein])
  const bring = async () => {
    setBusy(true)
    setFailure(null)
    let total: Brought = { pages: 0, isWhole: true }
    for (const { id } of own ?? []) {
      const answer = await plein.ownOrganisations.bring(id)
      if (!answer.ok) {
        setFailure(answer.error)
        break
      }
      total = { pages: total.pages + answer.value.pages, isWhole: total.isWhole && answer.value.isWhole }
      setBrought(total)
    }
    setBusy(false)
  }
  return { own, isBusy, brought, failure, bring }
}
