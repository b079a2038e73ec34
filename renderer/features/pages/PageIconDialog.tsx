import { Button, Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageId } from '../../../model/ids.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { DialogButtons } from '../../ui/DialogButtons.tsx'
import classes from './PageIconDialog.module.css'

const suggestions = ['📌', '📣', '🗓️', '🛠️', '🌳', '🌉', '❄️', '🚲', '🏠', '📚', '💡', '✅', '🤝', '🎉', '☕', '🔑']

/** Chooses an emoji as the icon of a page. */
export function PageIconDialog({ pageId, onClose }: { pageId: PageId; onClose: () => void }) {
  const { t } = useTranslation()
  const plein = usePlein()
  const [typed, setTyped] = useState('')
  const choose = (icon: string | null) => {
    plein.setPageIcon(pageId, icon)
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={t('page.iconTitle')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          choose(firstSymbol(typed))
        }}
      >
        <TextInput
          data-autofocus
          label={t('page.iconField')}
          description={t('page.iconHint')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <div className={classes['icons']}>
          {suggestions.map((icon) => (
            <button key={icon} type="button" className={classes['icon']} onClick={() => choose(icon)}>
              {icon}
            </button>
          ))}
        </div>
        <DialogButtons onCancel={onClose}>
          <Button onClick={() => choose(null)}>{t('page.iconNone')}</Button>
          <Button type="submit" variant="filled" disabled={firstSymbol(typed) === null}>
            {t('common.save')}
          </Button>
        </DialogButtons>
      </form>
    </Modal>
  )
}

/** The first thing one sees as a single sign: an emoji of several code points counts as one. */
function firstSymbol(text: string): string | null {
  const [first] = new Intl.Segmenter().segment(text.trim())
  return first?.segment ?? null
}
