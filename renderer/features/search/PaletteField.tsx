import { IconSearch } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Kbd } from '../../ui/Kbd.tsx'
import classes from './Palette.module.css'

interface PaletteFieldProps {
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly list: { readonly id: string; readonly chosen: string | null }
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** Where one types; the keys that choose are heard here too, so the focus never leaves it. */
export function PaletteField({ query, onQuery, list, onKeyDown }: PaletteFieldProps) {
  const { t } = useTranslation()
  return (
    <div className={classes['field']}>
      <IconSearch size={20} stroke={1.75} aria-hidden="true" />
      <input
        data-autofocus
        className={classes['input']}
        role="combobox"
        aria-label={t('find.field')}
        aria-expanded={list.chosen !== null}
        aria-controls={list.id}
        aria-activedescendant={list.chosen ?? undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={t('find.placeholder')}
        value={query}
        onChange={(event) => {
          onQuery(event.target.value)
        }}
        onKeyDown={onKeyDown}
      />
      <span aria-hidden="true">
        <Kbd>Esc</Kbd>
      </span>
    </div>
  )
}
