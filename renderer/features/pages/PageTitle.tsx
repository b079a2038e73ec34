import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageSnapshot } from '../../documents/plein.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import classes from './PageTitle.module.css'

/** The title, edited where it stands. What somebody else writes shows at once, except in a field that is being edited. */
export function PageTitle({ page }: { page: PageSnapshot }) {
  const { t } = useTranslation()
  if (!page.mayEdit)
    return <h1 className={classes['title']}>{page.title === '' ? t('common.untitled') : page.title}</h1>
  return (
    <h1 className={classes['title']}>
      <TitleField page={page} />
    </h1>
  )
}

function TitleField({ page }: { page: PageSnapshot }) {
  const { t } = useTranslation()
  const plein = usePlein()
  const field = useRef<HTMLTextAreaElement>(null)
  const [draft, setDraft] = useState<string | null>(null)
  const keep = () => {
    if (draft !== null && draft.trim() !== page.title) plein.renamePage(page.id, draft.trim())
    setDraft(null)
  }
  const { startWriting } = useLocation().state
  useFocusOnRequest(field, page.title === '' ? 'title' : startWriting === true ? 'text' : null)
  return (
    <span className={classes['grow']} data-text={draft ?? page.title}>
      <textarea
        ref={field}
        className={classes['field']}
        rows={1}
        maxLength={200}
        spellCheck
        aria-label={t('page.titleField')}
        placeholder={t('common.untitled')}
        value={draft ?? page.title}
        onChange={(event) => setDraft(event.target.value.replaceAll('\n', ' '))}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            setDraft(null)
            return
          }
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
          event.preventDefault()
          keep()
          focusText(event.currentTarget)
        }}
      />
    </span>
  )
}

/** A new page starts in its title, or in its text where it has a title; the menu's "rename" comes here too. */
function useFocusOnRequest(
  field: { readonly current: HTMLTextAreaElement | null },
  start: 'title' | 'text' | null,
): void {
  const startsIn = useRef(start)
  useEffect(() => {
    if (startsIn.current !== null) field.current?.focus()
    if (startsIn.current === 'text' && field.current !== null) focusText(field.current)
    const onRename = () => {
      field.current?.focus()
      field.current?.select()
    }
    addEventListener(renameRequest, onRename)
    return () => {
      removeEventListener(renameRequest, onRename)
    }
  }, [field])
}

export const renameRequest = 'plein:rename-page'

/** From the title on into the text; the editor may still be loading, then as soon as it is there and one still waits here. */
function focusText(title: HTMLElement): void {
  const article = title.closest('article')
  if (article === null || focusEditable(article)) return
  const arrival = new MutationObserver(() => {
    if (document.activeElement === title && !focusEditable(article)) return
    arrival.disconnect()
  })
  arrival.observe(article, { childList: true, subtree: true, attributeFilter: ['contenteditable'] })
}

function focusEditable(article: HTMLElement): boolean {
  const text = article.querySelector<HTMLElement>('[contenteditable="true"]')
  text?.focus()
  return text !== null
}
