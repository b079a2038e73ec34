import { useTranslation } from 'react-i18next'
import type { ImportProblem } from '../../../model/markdown/import-survey.ts'
import { problemGroups } from './problem-groups.ts'
import classes from './import-export.module.css'

/** More lines than this are in the report that one can keep. */
const mostShown = 50

/** What does not come in as it stands, by reason and by name; folded where it is much. */
export function Problems({ problems, count }: { problems: readonly ImportProblem[]; count: number }) {
  const { t } = useTranslation()
  if (count === 0) return <p className={classes['soft']}>{t('inOut.noProblems')}</p>
  return (
    <div>
      <h2 className={classes['dropTitle']}>{t('inOut.problems', { count })}</h2>
      {problemGroups(problems).map(([reason, group]) => (
        <details key={reason} className={classes['group']} open={group.length <= 3}>
          <summary>
            {t(`inOut.reason.${reason}`)} <span className={classes['count']}>{group.length}</span>
          </summary>
          <ul className={classes['names']}>
            {group.slice(0, mostShown).map(({ path, detail }) => (
              <li key={`${path} ${detail}`}>
                <code>{path}</code>
                {detail !== '' && <span className={classes['soft']}> {detail}</span>}
              </li>
            ))}
            {group.length > mostShown && <li>{t('inOut.moreProblems', { count: group.length - mostShown })}</li>}
          </ul>
        </details>
      ))}
    </div>
  )
}
