import { Button } from '@mantine/core'
import { useEffect, useRef, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { RescueTrouble } from '../../documents/away.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { usePeopleNamed } from '../../documents/use-people.ts'
import { Face } from '../../ui/Face.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { AwayText } from './AwayText.tsx'
import classes from './AwayPanel.module.css'
import { keyOf, type Question } from './questions.ts'

interface QuestionCardProps {
  readonly question: Question
  readonly isCurrent: boolean
  readonly showsPage: boolean
  readonly onRescue: () => void
  /** Why it could not be put back. */
  readonly trouble: RescueTrouble | null
}

/** Words of mine that another deleted, or of another in what I deleted: put back, or left out. */
export function QuestionCard(props: QuestionCardProps) {
  const { page, item } = props.question
  const { isCurrent, showsPage, onRescue, trouble } = props
  const { t } = useTranslation()
  const { away } = usePlein()
  const card = useRef<HTMLLIElement>(null)
  const people = usePeopleNamed(item.authors, t('away.somebody'))
  const name = people.map((person) => person.name).join(', ') || t('away.somebody')
  const about = aboutOf(item)
  const [title, text] = [t(`away.${about}`), t(`away.${about}Text`, { name })]
  useFocusWhenCurrent(card, isCurrent)
  return (
    <li
      ref={card}
      className={classes['card']}
      data-current={isCurrent}
      tabIndex={-1}
      aria-current={isCurrent ? 'true' : undefined}
      aria-label={title}
      data-question={keyOf(page.pageId, item)}
    >
      <h4 className={classes['cardTitle']}>{title}</h4>
      <p className={classes['cardText']}>
        {people[0] !== undefined && <Face personId={people[0].id} name={people[0].name} size={24} />}
        {text}
        {showsPage && ` ${t('away.onPage', { title: page.title === '' ? t('common.untitled') : page.title })}.`}
      </p>
      <AwayText words={item.words} />
      <div className={classes['buttons']}>
        <Button size="sm" variant="filled" rightSection={<Kbd>T</Kbd>} onClick={onRescue}>
          {t('away.rescue')}
        </Button>
        <Button size="sm" rightSection={<Kbd>W</Kbd>} onClick={() => void away.settle(page.pageId, item.id)}>
          {t('away.leave')}
        </Button>
      </div>
      {trouble !== null && <Notice tone="stop">{t(`away.trouble.${trouble}`)}</Notice>}
    </li>
  )
}

/** Of what was moved the rest still stands, elsewhere. */
function aboutOf({ kind, words }: Question['item']): 'question' | 'unseen' | 'moved' {
  if (kind !== 'unseen') return 'question'
  return words.some(({ change }) => change === 'same') ? 'moved' : 'unseen'
}

/** The keys work where the focus is: on the question that one looks at, never in the text beside it. */
function useFocusWhenCurrent(card: RefObject<HTMLLIElement | null>, isCurrent: boolean): void {
  useEffect(() => {
    const { current } = card
    if (isCurrent && current !== null && !current.contains(document.activeElement))
      current.focus({ preventScroll: true })
  }, [card, isCurrent])
}
