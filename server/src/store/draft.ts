/** Drafts, and their base kept outside Yjs, so that the text in force can be proved untouched. */
import type { Provision } from '@revmark/shared/resolution'
import type { NewEntry } from './log.ts'

export interface DraftRecord {
  readonly id: string
  readonly meeting: string
  readonly title: string
  /** Corpus id of the edition that the draft amends. */
  readonly edition: string
  /** Fingerprint of `base`. */
  readonly baseHash: string
}

export interface Drafts {
  /** Adds a draft, its base and the first entry of its log (the base as a Yjs update) in one transaction. */
  create(draft: DraftRecord, base: readonly Provision[], first: NewEntry): Promise<void>

  find(id: string): Promise<DraftRecord | null>

  /** The provisions as they were written at creation; null for an unknown draft. */
  base(id: string): Promise<readonly Provision[] | null>

  of(meeting: string): Promise<readonly DraftRecord[]>

  /** Every draft, by id. */
  all(): Promise<readonly DraftRecord[]>
}
