import { useEffect, useRef, useState } from 'react'
import { parseInvitationLink } from '../../../model/api.ts'
import type { AccountError, InvitationPreview, Plein } from '../../documents/plein.ts'
import { usePlein } from '../../documents/use-plein.tsx'

export type FoundInvitation =
  | { readonly state: 'none' }
  | { readonly state: 'looking' }
  | { readonly state: 'found'; readonly link: string; readonly preview: InvitationPreview }
  | { readonly state: 'failed'; readonly error: AccountError | 'not-a-link' }

/** Whether a text is a whole invitation; anything else, half a link too, is told so without asking a server. */
export function looksLikeInvitation(text: string): boolean {
  return parseInvitationLink(text) !== undefined
}

async function lookUpLink(plein: Plein, link: string): Promise<FoundInvitation> {
  if (!looksLikeInvitation(link)) return { state: 'failed', error: 'not-a-link' }
  const preview = await plein.previewInvitation(link)
  if (preview.ok) return { state: 'found', link, preview: preview.value }
  return { state: 'failed', error: preview.error }
}

/** An invitation as it is pasted: looked up once it looks whole. An answer for an earlier text is dropped. */
export function useInvitation(first: string) {
  const plein = usePlein()
  const [link, setText] = useState(first)
  const [found, setFound] = useState<FoundInvitation>({ state: first === '' ? 'none' : 'looking' })
  const asked = useRef(first)
  // The address brought this invitation: it is looked up without a click.
  useEffect(() => {
    if (first === '') return undefined
    let isGone = false
    void lookUpLink(plein, first).then((answer) => {
      if (!isGone && asked.current === first) setFound(answer)
    })
    return () => {
      isGone = true
    }
  }, [plein, first])
  const ask = async (text: string) => {
    asked.current = text
    setFound({ state: 'looking' })
    const answer = await lookUpLink(plein, text)
    if (asked.current === text) setFound(answer)
  }
  const setLink = (text: string) => {
    setText(text)
    asked.current = ''
    if (looksLikeInvitation(text)) void ask(text.trim())
    else setFound({ state: 'none' })
  }
  const lookUp = () => {
    if (looksLikeInvitation(link)) void ask(link.trim())
    else setFound({ state: 'failed', error: 'not-a-link' })
  }
  return { link, setLink, found, lookUp }
}
