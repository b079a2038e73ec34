import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageId } from '../../../model/ids.ts'
import type { AwaySnapshot, RescueTrouble } from '../../documents/away.ts'
import { useAway, useRescued } from '../../documents/use-away.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { AwayPeople } from './AwayPeople.tsx'
import classes from './AwayPanel.module.css'
import { MergedRow } from './MergedRow.tsx'
import { QuestionCard } from './QuestionCard.tsx'
import { keyOf, mergedOf, questionsOf, stepFrom, type Question } from './questions.ts'
import { showBlock } from './show-block.ts'
import { useAwayLead } from './use-away-lead.ts'

/** What others did around my edits while I was away, beside the page: questions first, the rest folded. */
export function AwayPanel({ pageId }: { pageId: PageId }) {
  const { t } = useTranslation()
  const { away } = usePlein()
  const snapshot = useAway()
  const navigate = useNavigate()
  const lead = useAwayLead(snapshot)
  const close = () => void navigate({ to: '/page/$pageId', params: { pageId } })
  const isEmpty = snapshot.pages.length === 0
  const foot = (
    <>
      <span className={classes['keys']}>
        <Kbd>J</Kbd> <Kbd>K</Kbd> {t('away.keys')}
      </span>
      <Button variant="subtle" onClick={close}>
        {t('away.later')}
      </Button>
      <Button variant="filled" onClick={() => void away.settleAll()}>
        {t('away.done')}
      </Button>
    </>
  )
  return (
    <Panel title={t('away.title')} onClose={close} {...(isEmpty ? {} : { lead, foot })}>
      <RescuedNotice />
      {isEmpty ? (
        <EmptyState title={t('away.end')} text={t('away.endText')} />
      ) : (
        <Review pageId={pageId} snapshot={snapshot} />
      )}
    </Panel>
  )
}

function Review({ pageId, snapshot }: { pageId: PageId; snapshot: AwaySnapshot }) {
  const { t } = useTranslation()
  const questions = questionsOf(snapshot)
  const merged = mergedOf(snapshot)
  const show = useShow(pageId)
  const { away } = usePlein()
  const [chosen, setChosen] = useState<string | null>(null)
  const [trouble, setTrouble] = useState<{ readonly key: string; readonly reason: RescueTrouble } | null>(null)
  const current = questions.find((question) => keyOfQuestion(question) === chosen) ?? questions[0]
  const rescue = async (question: Question) => {
    const rescued = await away.rescue(question.page.pageId, question.item.id)
    setTrouble(rescued.ok ? null : { key: keyOfQuestion(question), reason: rescued.error })
  }
  const step = (direction: 1 | -1) => {
    const next = stepFrom(questions, keyOfQuestion(current), direction)
    if (next === undefined) return
    setChosen(keyOfQuestion(next))
    void show(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || current === undefined) return
    const key = event.key.toLowerCase()
    if (key === 't') void rescue(current)
    else if (key === 'w') void away.settle(current.page.pageId, current.item.id)
    else if (key === 'j') step(1)
    else if (key === 'k') step(-1)
  }
  return (
    // The keys only add to what the buttons do.
    <div onKeyDown={onKeyDown} onFocus={(event) => setChosen(questionAt(event.target) ?? chosen)}>
      <AwayPeople pages={snapshot.pages} />
      {questions.length > 0 && (
        <section className={classes['section']}>
          <h3 className={classes['heading']}>
            {t('away.questions')} <span className={classes['count']}>{questions.length}</span>
          </h3>
          <ul className={classes['cards']}>
            {questions.map((question) => (
              <QuestionCard
                key={keyOfQuestion(question)}
                question={question}
                isCurrent={question === current}
                showsPage={question.page.pageId !== pageId}
                onRescue={() => void rescue(question)}
                trouble={trouble?.key === keyOfQuestion(question) ? trouble.reason : null}
              />
            ))}
          </ul>
        </section>
      )}
      {merged.length > 0 && (
        <details className={classes['section']} open={questions.length === 0}>
          <summary className={classes['heading']}>
            {t('away.merged')} <span className={classes['number']}>{merged.length}</span>
          </summary>
          <ul className={classes['rows']}>
            {merged.map((each) => (
              <MergedRow key={keyOfQuestion(each)} merged={each} onShow={() => void show(each)} />
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

/** The question that has the focus. */
function questionAt(element: Element): string | undefined {
  return element.closest<HTMLElement>('[data-question]')?.dataset['question']
}

function keyOfQuestion(question: Question | undefined): string {
  return question === undefined ? '' : keyOf(question.page.pageId, question.item)
}

/** Brings an item into sight, on whichever page it stands. */
function useShow(shown: PageId): (question: Question) => Promise<void> {
  const { away } = usePlein()
  const navigate = useNavigate()
  return async ({ page, item }) => {
    const block = await away.blockOf(page.pageId, item.id)
    if (page.pageId !== shown)
      await navigate({ to: '/page/$pageId', params: { pageId: page.pageId }, search: { panel: 'away' } })
    if (block !== null) requestAnimationFrame(() => showBlock(block))
  }
}

function RescuedNotice() {
  const { t } = useTranslation()
  const { away } = usePlein()
  const rescued = useRescued()
  const undo = (
    <Button size="sm" onClick={() => away.undoRescue()}>
      {t('away.undo')}
    </Button>
  )
  return (
    <div className={classes['rescued']} role="status">
      {rescued !== null && (
        <Notice tone="calm" action={undo}>
          {t('away.rescued')}
        </Notice>
      )}
    </div>
  )
}
