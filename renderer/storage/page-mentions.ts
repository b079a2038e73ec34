import { isId, type PageId } from '../../model/ids.ts'
import { parseNotice, type MentionNotice } from '../../model/page-mentions.ts'
import type { OrganisationStorage } from './laptop-storage.ts'

const settingName = 'page-mentions'

/** Where pages of this laptop name its person. The sync worker writes it, windows read it. */
export interface PageMentionsRecord {
  /** Up to where pages were looked at (`ChangesStorage.since`). */
  readonly mark: string | null
  /** Pages to look at again, because nobody could be asked who wrote in them. */
  readonly again: readonly PageId[]
  readonly pages: ReadonlyMap<PageId, readonly MentionNotice[]>
}

export async function readPageMentions(storage: Pick<OrganisationStorage, 'setting'>): Promise<PageMentionsRecord> {
  const value = Object(await storage.setting(settingName)) as Readonly<Record<string, unknown>>
  const { mark, again, pages } = value
  const list: readonly unknown[] = Array.isArray(pages) ? pages : []
  return {
    mark: typeof mark === 'string' ? mark : null,
    again: (Array.isArray(again) ? again : []).filter(isId).map((id) => id as PageId),
    pages: new Map(list.flatMap(parsePage)),
  }
}

export async function putPageMentions(
  storage: Pick<OrganisationStorage, 'putSetting'>,
  { mark, again, pages }: PageMentionsRecord,
): Promise<void> {
  await storage.putSetting(settingName, { mark, again: [...again], pages: [...pages] })
}

function parsePage(value: unknown): readonly (readonly [PageId, readonly MentionNotice[]])[] {
  const [page, notices] = Array.isArray(value) ? (value as readonly unknown[]) : []
  if (!isId(page) || !Array.isArray(notices)) return []
  return [[page as PageId, notices.flatMap(parseNotice)]]
}
