/** Yjs client ids: each is issued once, to one person of one delegation, for one draft, and never again. */

export interface ClientOwner {
  readonly client: number
  readonly user: string
  readonly delegation: string
}

/** An id as it is kept; `at`: when it was issued, milliseconds since 1970. */
export interface IssuedClient extends ClientOwner {
  readonly at: number
}

export interface Clients {
  /** Registers an id; false where the draft has it already. */
  register(draft: string, owner: ClientOwner, at: number): Promise<boolean>

  of(draft: string): Promise<readonly IssuedClient[]>
}
