import { UnstyledButton } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { usePeopleNamed } from '../../documents/use-people.ts'
import { Face } from '../../ui/Face.tsx'
import { AwayText } from './AwayText.tsx'
import classes from './AwayPanel.module.css'
import type { Question } from './questions.ts'

/** Something that merged by itself, and the way to where it stands. */
export function MergedRow({ merged: { page, item }, onShow }: { merged: Question; onShow: () => void }) {
  const { t } = useTranslation()
  const people = usePeopleNamed(item.authors, t('away.somebody'))
  const name = people.map((person) => person.name).join(', ') || t('away.somebody')
  const title = page.title === '' ? t('common.untitled') : page.title
  const what = item.kind === 'both' ? t('away.both', { name }) : t('away.theirs', { name })
  return (
    <li className={classes['merged']}>
      <UnstyledButton className={classes['mergedRow'] ?? ''} title={t('away.show')} onClick={onShow}>
        {people[0] !== undefined && <Face personId={people[0].id} name={people[0].name} size={24} />}
        <span className={classes['mergedWords']}>
          {what}
          <span className={classes['mergedPage']}>{title}</span>
        </span>
        <IconArrowRight size={16} stroke={1.75} aria-hidden="true" />
      </UnstyledButton>
      <AwayText words={item.words} />
    </li>
  )
}
