import { useEffect, type ComponentType } from 'react'
import { LiveValue } from '../documents/live.ts'
import { useLive } from '../documents/use-live.ts'
import type { PageBodyProps } from '../documents/use-page-body.tsx'
import { GreyBlocks } from '../ui/GreyBlocks.tsx'

type Code =
  | { readonly state: 'coming' }
  | { readonly state: 'here'; readonly PageBody: ComponentType<PageBodyProps> }
  | { readonly state: 'failed'; readonly error: unknown }

const code = new LiveValue<Code>({ state: 'coming' })
let isAsked = false

/** Loads the editor, a third of the app's code. Asked for early where the first screen is a page, else by the first page. */
export function bringEditor(): void {
  if (isAsked) return
  isAsked = true
  import('./PageBody.tsx').then(
    ({ PageBody }) => code.set({ state: 'here', PageBody }),
    (error: unknown) => code.set({ state: 'failed', error }),
  )
}

/**
 * The editor of a page as soon as its code is here. Not by `lazy` and Suspense: those draw a wait even where the code is here
 * already, and React then holds the page back until the wait has been in sight for 300 ms.
 */
export function LatePageBody(props: PageBodyProps) {
  const now = useLive(code)
  useEffect(bringEditor, [])
  if (now.state === 'failed') throw now.error
  return now.state === 'coming' ? <GreyBlocks lines={6} /> : <now.PageBody {...props} />
}
