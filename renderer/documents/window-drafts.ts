import { parseAnchor } from '../../model/act.ts'
import { parseCommentText, type MentionRun } from '../../model/comment-text.ts'
import type { OrganisationStorage } from '../storage/laptop-storage.ts'
import type { Draft, Drafts } from './drafts.ts'
import { LiveValue } from './live.ts'
import type { OpenOrganisation } from './organisation.ts'
import type { Live } from './plein.ts'

interface PendingDraft {
  readonly storage: OrganisationStorage
  readonly draft: Draft | null
}

/** Half-written comments as settings of the organisation's storage, one each, so that two windows do not write over one another's. */
export class WindowDrafts implements Drafts {
  readonly #open: Live<OpenOrganisation | null>
  readonly #known = new Map<string, LiveValue<Draft | null>>()
  readonly #kept = new Set<string>()
  readonly #pending = new Map<string, PendingDraft>()
  #isWriting = false

  constructor(open: Live<OpenOrganisation | null>) {
    this.#open = open
    open.subscribe(() => {
      this.#known.clear()
      this.#kept.clear()
    })
  }

  of(name: string): Live<Draft | null> {
    return this.#liveOf(name)
  }

  keep(name: string, draft: Draft | null): void {
    const live = this.#liveOf(name)
    if (draft === null && live.snapshot() === null && this.#kept.has(name)) return
    this.#kept.add(name)
    live.set(draft)
    const organisation = this.#open.snapshot()
    if (organisation === null) return
    this.#pending.set(settingOf(organisation, name), { storage: organisation.storage, draft })
    void this.#write()
  }

  #liveOf(name: string): LiveValue<Draft | null> {
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const live = new LiveValue<Draft | null>(null)
    this.#known.set(name, live)
    void this.#read(name, live)
    return live
  }

  async #read(name: string, live: LiveValue<Draft | null>): Promise<void> {
    const organisation = this.#open.snapshot()
    if (organisation === null) return
    // Where the disk refuses, the frame says so, and the field is empty.
    const value = await organisation.storage.setting(settingOf(organisation, name)).catch(() => undefined)
    if (!this.#kept.has(name) && this.#known.get(name) === live) live.set(parseDraft(value))
  }

  /** The latest of each, one after another: letters that are typed meanwhile are written as one. */
  async #write(): Promise<void> {
    if (this.#isWriting) return
    this.#isWriting = true
    for (const [setting, { storage, draft }] of this.#pending) {
      this.#pending.delete(setting)
      await storage.putSetting(setting, draft ?? undefined).catch(() => undefined)
    }
    this.#isWriting = false
  }
}

/** By person too: whoever has this laptop next finds no words of another. */
function settingOf({ record }: OpenOrganisation, name: string): string {
  return `draft ${record.personId} ${name}`
}

function parseDraft(value: unknown): Draft | null {
  if (typeof value !== 'object' || value === null) return null
  const { text, mentions, anchor } = value as Readonly<Record<string, unknown>>
  const parsedAnchor = parseAnchor(anchor)
  if (typeof text !== 'string' || text === '' || parsedAnchor === undefined) return null
  const people = Array.isArray(mentions) ? (parseCommentText(mentions) ?? []) : []
  return { text, mentions: people.filter((run): run is MentionRun => typeof run !== 'string'), anchor: parsedAnchor }
}
