import { useTranslation } from 'react-i18next'
import type { FileHash, PageId } from '../../../model/ids.ts'
import type { AddingFile, FileSummary } from '../../documents/files.ts'
import { usePerson } from '../../documents/use-people.ts'
import { sizeInWords } from '../../i18n/sizes.ts'
import { useLanguage, useTimes } from '../../i18n/use-times.ts'
import { FileStateWords } from '../../ui/FileStateWords.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { useNow } from '../../ui/use-now.ts'
import { fileKindOf, kindIcons } from './file-kinds.ts'
import { FileMenu } from './FileMenu.tsx'
import classes from './FileTable.module.css'
import type { FileVerbs } from './use-file-verbs.ts'

interface FileTableProps {
  readonly files: readonly FileSummary[]
  readonly adding: readonly AddingFile[]
  readonly uses: ReadonlyMap<FileHash, readonly PageId[]> | undefined
  /** Of the pages of the space. */
  readonly titles: ReadonlyMap<PageId, string>
  readonly verbs: FileVerbs
}

export function FileTable({ files, adding, uses, titles, verbs }: FileTableProps) {
  const { t } = useTranslation()
  return (
    <>
      {verbs.takeOffTrouble !== null && <Notice tone="stop">{t(`files.kept.${verbs.takeOffTrouble}`)}</Notice>}
      <table className={classes['table']}>
        <thead>
          <tr>
            <th scope="col">{t('files.column.name')}</th>
            <th scope="col">{t('files.column.kind')}</th>
            <th scope="col">{t('files.column.size')}</th>
            <th scope="col">{t('files.column.added')}</th>
            <th scope="col">{t('files.column.state')}</th>
            <th scope="col" aria-label={t('files.column.actions')} />
          </tr>
        </thead>
        <tbody>
          {adding.map((file) => (
            <AddingRow key={file.id} file={file} />
          ))}
          {files.map((file) => (
            <FileRow key={file.hash} file={file} pages={titlesOf(uses?.get(file.hash), titles)} verbs={verbs} />
          ))}
        </tbody>
      </table>
    </>
  )
}

/** Pages that are archived or gone show nothing any more. */
function titlesOf(pages: readonly PageId[] | undefined, titles: ReadonlyMap<PageId, string>): readonly string[] {
  return (pages ?? []).flatMap((page) => titles.get(page) ?? [])
}

function AddingRow({ file }: { file: AddingFile }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const percent = Math.floor((file.doneBytes / Math.max(1, file.sizeBytes)) * 100)
  return (
    <tr>
      <th scope="row" className={classes['nameCell']}>
        <span className={classes['adding']}>{file.name}</span>
      </th>
      <td>{t('files.kind.other')}</td>
      <td className={classes['number']}>{sizeInWords(file.sizeBytes, language)}</td>
      <td colSpan={3}>
        <span className={classes['reading']}>{t('files.reading', { percent })}</span>
      </td>
    </tr>
  )
}

function FileRow({ file, pages, verbs }: { file: FileSummary; pages: readonly string[]; verbs: FileVerbs }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const kind = fileKindOf(file.type)
  const Icon = kindIcons[kind]
  const name = file.name === '' ? t('files.unnamed') : file.name
  return (
    <tr>
      <th scope="row" aria-label={name} className={classes['nameCell']}>
        <span className={classes['named']}>
          <span className={classes['icon']}>
            <Icon size={18} stroke={1.75} aria-hidden="true" />
          </span>
          <span className={classes['words']}>
            <button type="button" className={classes['name']} onClick={() => verbs.open(file)}>
              {name}
            </button>
            {pages.length > 0 && <UsedBy pages={pages} />}
          </span>
        </span>
      </th>
      <td>{t(`files.kind.${kind}`)}</td>
      <td className={classes['number']}>{sizeInWords(file.sizeBytes, language)}</td>
      <td className={classes['added']}>
        <Added file={file} />
      </td>
      <td className={classes['stateCell']}>
        <FileStateWords state={file.state} />
      </td>
      <td>
        <FileMenu file={file} name={name} verbs={verbs} />
      </td>
    </tr>
  )
}

function UsedBy({ pages }: { pages: readonly string[] }) {
  const { t } = useTranslation()
  const title = pages[0] === undefined || pages[0] === '' ? t('common.untitled') : pages[0]
  const others = pages.length - 1
  return (
    <span className={classes['uses']}>
      {others === 0 ? t('files.usedIn', { title }) : t('files.usedInMore', { title, count: others })}
    </span>
  )
}

function Added({ file }: { file: FileSummary }) {
  const times = useTimes()
  const nowMs = useNow(60_000)
  return (
    <>
      {file.addedBy !== null && <PersonName id={file.addedBy} />}
      {file.addedAtMs > 0 && <span className={classes['when']}>{times.day(file.addedAtMs, nowMs)}</span>}
    </>
  )
}

function PersonName({ id }: { id: NonNullable<FileSummary['addedBy']> }) {
  const person = usePerson(id)
  return person === null ? null : <span className={classes['who']}>{person.name}</span>
}
