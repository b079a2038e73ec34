import { Radio, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Joining } from '../../../model/kinds.ts'
import { pageIconNames, pageIcons } from '../../ui/page-icons.ts'
import classes from './SpaceForm.module.css'

export interface SpaceFields {
  readonly name: string
  readonly description: string
  readonly icon: string | null
  readonly joining: Joining
}

interface SpaceFormProps {
  readonly fields: SpaceFields
  readonly onChange: (fields: SpaceFields) => void
  readonly nameError: string | null
  /** Sections are closed, whoever makes them. */
  readonly hasJoining: boolean
}

const joinings = [
  ['open', 'spaceForm.joiningOpen', 'spaceForm.joiningOpenText'],
  ['ask', 'spaceForm.joiningAsk', 'spaceForm.joiningAskText'],
  ['closed', 'spaceForm.joiningClosed', 'spaceForm.joiningClosedText'],
] as const

/** What a space is called, what it is for, how it looks, and how people come in. */
export function SpaceForm({ fields, onChange, nameError, hasJoining }: SpaceFormProps) {
  const { t } = useTranslation()
  return (
    <div className={classes['form']}>
      <TextInput
        data-autofocus
        label={t('space.createName')}
        maxLength={80}
        value={fields.name}
        error={nameError}
        onChange={(event) => onChange({ ...fields, name: event.currentTarget.value })}
      />
      <Textarea
        label={t('spaceForm.description')}
        placeholder={t('spaceForm.descriptionPlaceholder')}
        maxLength={300}
        autosize
        minRows={2}
        maxRows={4}
        value={fields.description}
        onChange={(event) => onChange({ ...fields, description: event.currentTarget.value })}
      />
      <IconChoice icon={fields.icon} onChoose={(icon) => onChange({ ...fields, icon })} />
      {hasJoining && (
        <Radio.Group
          label={t('spaceForm.joining')}
          value={fields.joining}
          onChange={(value) => onChange({ ...fields, joining: joinings.find(([one]) => one === value)?.[0] ?? 'ask' })}
        >
          <div className={classes['joinings']}>
            {joinings.map(([value, label, text]) => (
              <Radio key={value} value={value} label={t(label)} description={t(text)} />
            ))}
          </div>
        </Radio.Group>
      )}
    </div>
  )
}

function IconChoice({ icon, onChoose }: { icon: string | null; onChoose: (icon: string | null) => void }) {
  const { t } = useTranslation()
  return (
    <fieldset className={classes['icons']}>
      <legend className={classes['legend']}>{t('spaceForm.icon')}</legend>
      <button
        type="button"
        className={classes['icon']}
        aria-pressed={icon === null}
        aria-label={t('spaceForm.noIcon')}
        title={t('spaceForm.noIcon')}
        onClick={() => onChoose(null)}
      >
        <span aria-hidden="true">A</span>
      </button>
      {pageIconNames.map((name) => {
        const Icon = pageIcons[name]
        return (
          <button
            key={name}
            type="button"
            className={classes['icon']}
            aria-pressed={icon === name}
            aria-label={t(`page.icons.${name}`)}
            title={t(`page.icons.${name}`)}
            onClick={() => onChoose(name)}
          >
            <Icon size={18} stroke={1.75} aria-hidden="true" />
          </button>
        )
      })}
    </fieldset>
  )
}
