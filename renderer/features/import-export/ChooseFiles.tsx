import { Button } from '@mantine/core'
import { IconFileZip, IconFolder } from '@tabler/icons-react'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportChoice } from '../../documents/in-out.ts'
import { Notice } from '../../ui/Notice.tsx'
import { isZipName, readChosenFolder, readDropped } from './dropped-files.ts'
import classes from './import-export.module.css'

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const

/** One zip or one folder: chosen, or dropped. */
export function ChooseFiles({ onChoose }: { onChoose: (choice: ImportChoice) => void }) {
  const { t } = useTranslation()
  const [isOver, setOver] = useState(false)
  const [isWrong, setWrong] = useState(false)
  const take = (choice: ImportChoice | null) => {
    setWrong(choice === null)
    if (choice !== null) onChoose(choice)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void readDropped(event.dataTransfer).then(take)
  }
  return (
    <>
      <div
        className={classes['drop']}
        data-over={isOver}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <h2 className={classes['dropTitle']}>{t('inOut.drop')}</h2>
        <p className={classes['soft']}>{t('inOut.dropText')}</p>
        <div className={classes['buttons']}>
          <ZipButton onChoose={take} />
          <FolderButton onChoose={take} />
        </div>
      </div>
      {isWrong && <Notice tone="stop">{t('inOut.notOne')}</Notice>}
    </>
  )
}

interface ChooseProps {
  readonly onChoose: (choice: ImportChoice | null) => void
}

function ZipButton({ onChoose }: ChooseProps) {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={field}
        type="file"
        accept=".zip,application/zip"
        hidden
        aria-label={t('inOut.chooseZip')}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          if (file !== undefined) onChoose(isZipName(file.name) ? { kind: 'zip', name: file.name, file } : null)
          // The same file may be chosen again.
          currentTarget.value = ''
        }}
      />
      <Button variant="filled" leftSection={<IconFileZip {...icon} />} onClick={() => field.current?.click()}>
        {t('inOut.chooseZip')}
      </Button>
    </>
  )
}

function FolderButton({ onChoose }: ChooseProps) {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={(element) => {
          field.current = element
          // React's types do not know this attribute.
          if (element !== null) element.webkitdirectory = true
        }}
        type="file"
        hidden
        aria-label={t('inOut.chooseFolder')}
        onChange={({ currentTarget }) => {
          if (currentTarget.files !== null) onChoose(readChosenFolder(currentTarget.files))
          currentTarget.value = ''
        }}
      />
      <Button leftSection={<IconFolder {...icon} />} onClick={() => field.current?.click()}>
        {t('inOut.chooseFolder')}
      </Button>
    </>
  )
}
