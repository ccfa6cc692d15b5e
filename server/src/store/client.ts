/** Yjs client ids: each is issued once, to one person of one delegation, for one draft, and never again. */

export interface ClientOwner {
  readonly client: number
  readonly user: string
  readonly delegation: string
}

export interface Clients {
  /** Registers an id; false where the draft has it already. */
  register(draft: string, owner: ClientOwner, at: number): Promise<boolean>

  of(draft: string): Promise<readonly ClientOwner[]>

  /**
   * Forgets the ids that were registered before a time, but for those in `used`; resolves with whether
   * there were any.
   */
  expire(draft: string, used: readonly number[], before: number): Promise<boolean>
}
