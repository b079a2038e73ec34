import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { fileKeepChoices, newestPages, pageKeepChoices, type KeepChoice, type KeepPolicy } from '../../../model/keep.ts'
import type { SpaceUsage } from '../../documents/files.ts'
import type { SpaceSummary } from '../../documents/plein.ts'
import { useKeepPolicy, useUsage } from '../../documents/use-files.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useSpaces } from '../../documents/use-spaces.ts'
import { sizeInWords } from '../../i18n/sizes.ts'
import { useLanguage } from '../../i18n/use-times.ts'
import classes from './KeepChoices.module.css'

/** What of each space stays on this laptop, with what it takes now; for the settings. */
export function KeepChoices() {
  const spaces = useSpaces()
  const usage = useUsage()
  return (
    <ul className={classes['spaces']}>
      {spaces.map((space) => (
        <SpaceKeep key={space.id} space={space} usage={usage?.find(({ spaceId }) => spaceId === space.id)} />
      ))}
    </ul>
  )
}

function SpaceKeep({ space, usage }: { space: SpaceSummary; usage: SpaceUsage | undefined }) {
  const { t } = useTranslation()
  const { files } = usePlein()
  const language = useLanguage()
  const policy = useKeepPolicy(space.id)
  const size = (bytes: number | undefined) => (bytes === undefined ? '…' : sizeInWords(bytes, language))
  const choose = (change: Partial<KeepPolicy>) => void files.setKeepPolicy(space.id, { ...policy, ...change })
  return (
    <li className={classes['space']}>
      <b className={classes['name']}>{space.name}</b>
      <Choice
        name={t('files.keep.pagesLabel')}
        label={t('files.keep.pages', { space: space.name })}
        choices={pageKeepChoices}
        description={t('files.keep.pagesSize', { count: usage?.pages ?? 0, size: size(usage?.pageBytes) })}
        value={policy.pages}
        onChoose={(pages) => choose({ pages })}
      />
      <Choice
        name={t('files.keep.filesLabel')}
        label={t('files.keep.files', { space: space.name })}
        choices={fileKeepChoices}
        description={t('files.keep.filesSize', { count: usage?.files ?? 0, size: size(usage?.fileBytes) })}
        value={policy.files}
        onChoose={(kept) => choose({ files: kept })}
      />
    </li>
  )
}

interface ChoiceProps {
  readonly name: string
  readonly label: string
  readonly choices: readonly KeepChoice[]
  readonly description: string
  readonly value: KeepChoice
  readonly onChoose: (value: KeepChoice) => void
}

function Choice({ name, label, choices, description, value, onChoose }: ChoiceProps) {
  const { t } = useTranslation()
  return (
    <NativeSelect
      label={name}
      aria-label={label}
      description={description}
      value={value}
      data={choices.map((choice) => ({
        value: choice,
        label: t(`files.keep.choice.${choice}`, { count: newestPages }),
      }))}
      onChange={(event) => {
        const chosen = choices.find((choice) => choice === event.currentTarget.value)
        if (chosen !== undefined) onChoose(chosen)
      }}
    />
  )
}
