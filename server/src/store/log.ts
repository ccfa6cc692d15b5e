/** The append-only log of accepted updates: the draft itself, and the record of who wrote what when. */

import type { Deed } from './audit.ts'

/** `base`: the text in force; `person`: a client id's owner; `edit`: a delegate's; `decision`: the chair's. */
export type EntryKind = 'base' | 'person' | 'edit' | 'decision'

/** Stands beside a decision in the log, in the same transaction. */
export interface DecisionNote {
  readonly id: string
  readonly note: string
}

export interface LogEntry {
  /** 1, 2, 3 ... without a gap; given by the draft's room, its only writer. */
  readonly seq: number
  /** Id of the person on whose behalf it was written; `server` for the base. */
  readonly user: string
  /** The Yjs client id that wrote it. */
  readonly client: number
  /** Milliseconds since 1970. */
  readonly at: number
  readonly kind: EntryKind
  /** A Yjs update (V1), as the server itself encoded it. */
  readonly data: Uint8Array
  readonly decision: DecisionNote | null
}

/** What the record of a meeting says of an entry; its place in the log is added when it has one. */
export interface EntryAct {
  readonly meeting: string
  readonly deed: Omit<Deed, 'log'>
}

/** An entry on its way into the log, and the act that it is, written in the same commit. */
export interface NewEntry extends LogEntry {
  readonly act?: EntryAct
}

export interface DecisionRecord extends DecisionNote {
  readonly user: string
  readonly at: number
}

/** An entry of a log is not what was written, or is missing: somebody or something has changed the store. */
export class LogDamaged extends Error {
  readonly draft: string
  readonly seq: number

  constructor(draft: string, seq: number) {
    super(`the log of draft ${draft} is damaged at entry ${seq}: its hash does not follow`)
    this.name = 'LogDamaged'
    this.draft = draft
    this.seq = seq
  }
}

/**
 * Committing and syncing are two steps, because others may see an update once a crash of the process
 * cannot lose it, while its author is told "saved" only once a power cut cannot.
 */
export interface Log {
  /**
   * Commits entries of one draft, with the acts that they are, in one transaction: after it, they
   * survive the end of the process.
   * Rejects where it cannot, and where a seq is not the next one; nothing is written then.
   */
  append(draft: string, entries: readonly NewEntry[]): Promise<void>

  /** Resolves once everything committed before the call survives a power cut. */
  sync(): Promise<void>

  /**
   * The entries of a draft behind `after` (0: all) in order, up to `until`; empty for an unknown draft.
   * Rejects with LogDamaged where the chain of hashes does not hold.
   */
  read(draft: string, after?: number, until?: number): Promise<readonly LogEntry[]>

  /**
   * Of a log that is damaged, the entries that are still proved: those behind `after`, whose hash is
   * known from elsewhere (null: from the first one on), up to the first that is not what was written.
   */
  provable(draft: string, after: LogHead | null): Promise<readonly LogEntry[]>

  /** The last entry's seq and hash, from which the whole log can be proved; null for an unknown draft. */
  head(draft: string): Promise<LogHead | null>

  /** The hash of one entry; null where there is none. */
  hashAt(draft: string, seq: number): Promise<Uint8Array | null>

  /** What the chair decided, in order, with the reasons given. */
  decisions(draft: string): Promise<readonly DecisionRecord[]>

  /** Resolves where the store takes writes, as after a full disk. */
  probe(): Promise<void>
}

export interface LogHead {
  readonly seq: number
  readonly hash: Uint8Array
}
