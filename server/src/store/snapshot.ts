/** A draft's state at one place of its log, so that opening it does not read the whole log. */

export interface Snapshot {
  /** The last entry of the log that is in it. */
  readonly seq: number
  /** The hash of that entry. */
  readonly head: Uint8Array
  /** The Y.Doc's state as a Yjs update (V2, a third smaller than V1). */
  readonly data: Uint8Array
}

/** Snapshots are a convenience: the log stays whole, and a draft without one is read from it. */
export interface Snapshots {
  /** The newest one; null where there is none, or it is damaged or not of this log. */
  newest(draft: string): Promise<Snapshot | null>

  /** The one that there is, by its own digest alone: for a log that is damaged. null where it is too. */
  sound(draft: string): Promise<Snapshot | null>

  /** Takes one of what the log holds, from the log alone. Rejects where that cannot be read or written. */
  take(draft: string): Promise<void>
}
