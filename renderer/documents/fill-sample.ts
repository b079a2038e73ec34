import type { PageId, SpaceId } from '../../model/ids.ts'
import { markdownToPage } from '../../model/markdown/markdown-to-page.ts'
import { origins } from '../../model/origins.ts'
import { bodyName, openPage } from '../../model/page.ts'
import { writeBody } from '../../model/page-body.ts'
import { sampleOrganisation } from '../../model/sample/sample-organisation.ts'
import type { SamplePage } from '../../model/sample/sample-page.ts'
import type { OpenOrganisation } from './organisation.ts'
import type { MakeSpace } from './window-plein.ts'

/** Puts the sample organisation on this laptop: its spaces and pages, written as this person's own. Nothing leaves the laptop. */
export async function fillSample(organisation: OpenOrganisation, makeSpace: MakeSpace): Promise<void> {
  for (const space of sampleOrganisation.spaces) {
    const spaceId = await makeSpace({ name: space.name, kind: space.kind })
    for (const page of space.pages) await addPage(organisation, spaceId, page, null)
  }
}

async function addPage(
  organisation: OpenOrganisation,
  spaceId: SpaceId,
  page: SamplePage,
  parent: PageId | null,
): Promise<void> {
  const { body } = markdownToPage(page.markdown)
  const id = await organisation.createPage({
    spaceId,
    kind: page.kind,
    title: page.title,
    parent,
    fill: ({ doc }) => {
      doc.transact(() => {
        writeBody(doc.getXmlFragment(bodyName), body)
      }, origins.user)
      openPage(doc).setIcon(page.icon)
    },
  })
  for (const child of page.children) await addPage(organisation, spaceId, child, id)
}
