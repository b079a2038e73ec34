import { Button, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCreateNote } from '../../documents/use-notebook.ts'
import classes from './HomeScreen.module.css'

/** A note in two seconds: its title, then the note itself opens. */
export function QuickNote() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const createNote = useCreateNote()
  const [title, setTitle] = useState('')
  if (createNote === undefined) return null
  const create = (event: FormEvent) => {
    event.preventDefault()
    void createNote(title.trim()).then((pageId) => navigate({ to: '/page/$pageId', params: { pageId } }))
  }
  return (
    <form className={classes['note']} onSubmit={create}>
      <h2 className={classes['noteTitle']}>{t('home.quickNote')}</h2>
      <p className={classes['small']}>{t('home.quickNoteText')}</p>
      <div className={classes['noteRow']}>
        <TextInput
          className={classes['noteField'] ?? ''}
          aria-label={t('home.quickNoteField')}
          placeholder={t('home.quickNotePlaceholder')}
          maxLength={200}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Button type="submit" variant="filled">
          {t('home.quickNoteAction')}
        </Button>
      </div>
    </form>
  )
}
