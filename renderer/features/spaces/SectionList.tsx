import { useTranslation } from 'react-i18next'
import type { SpaceId } from '../../../model/ids.ts'
import { useSections } from '../../documents/use-space-admin.ts'
import { Rows } from '../../ui/Rows.tsx'
import { Section } from '../../ui/Section.tsx'
import { SpaceLine } from './SpaceLine.tsx'

/** The closed sections of a space that this person is in; absent where there are none, for others may not know of them. */
export function SectionList({ parent }: { parent: SpaceId }) {
  const { t } = useTranslation()
  const sections = useSections(parent).filter(({ archived }) => !archived)
  if (sections.length === 0) return null
  return (
    <Section title={t('spaceHome.sections')}>
      <Rows>
        {sections.map((section) => (
          <SpaceLine key={section.id} space={section} text={t('spaceHome.sectionText')} isMine />
        ))}
      </Rows>
    </Section>
  )
}
