/** The Yjs client ids of one draft: issued to its delegates, and whose they are. */
import { firstIssuedClient, peopleOf } from '@revmark/shared/ledger'
import type { Seat } from '@revmark/shared/wire'
import type * as Y from 'yjs'
import type { ClientOwner } from '../store/client.ts'
import { mayWrite } from './connection.ts'
import type { RoomServices } from './services.ts'

/** A person gets no more client ids than this in a draft: each is kept, and sent to everybody, for good. */
const mostClients = 4000

/** A person who has so many unused ids in a draft gets no more to keep. */
const mostUnused = 200

export type Issued = { readonly client: number } | { readonly refused: 'read-only' | 'too-many' }

export class ClientIds {
  private readonly owners = new Map<number, ClientOwner>()
  private readonly services: Pick<RoomServices, 'randomInt' | 'register'>

  constructor(
    owners: readonly ClientOwner[],
    services: Pick<RoomServices, 'randomInt' | 'register'>,
  ) {
    for (const owner of owners) this.owners.set(owner.client, owner)
    this.services = services
  }

  /** Whether an id was issued to this seat's person, in its delegation. */
  owns({ id: user, delegation }: Seat, client: number): boolean {
    const owner = this.owners.get(client)
    return owner !== undefined && owner.user === user && owner.delegation === delegation
  }

  /**
   * Issues a client id to a delegate: registered before its first use, never to be issued again.
   * Rejects where the store does.
   */
  async issue(seat: Seat): Promise<Issued> {
    const { id: user, delegation } = seat
    if (!mayWrite(seat) || delegation === null) return { refused: 'read-only' }
    let count = 0
    for (const owner of this.owners.values()) if (owner.user === user) count++
    if (count >= mostClients) return { refused: 'too-many' }
    for (;;) {
      const client = this.services.randomInt(firstIssuedClient, 2 ** 32)
      const owner = { client, user, delegation }
      if (!this.owners.has(client) && (await this.services.register(owner))) {
        this.owners.set(client, owner)
        return { client }
      }
    }
  }

  /**
   * Issues up to `count` ids to be kept for pages that open without a server; fewer where the person
   * has many that were never used, as `ydoc` tells. Rejects where the store does.
   */
  async issueSpare(seat: Seat, count: number, ydoc: Y.Doc): Promise<number[]> {
    const used = peopleOf(ydoc)
    let unused = 0
    for (const { user, client } of this.owners.values())
      if (user === seat.id && !used.has(String(client))) unused++
    const spare: number[] = []
    while (spare.length < Math.min(count, mostUnused - unused)) {
      const issued = await this.issue(seat)
      if (!('client' in issued)) break
      spare.push(issued.client)
    }
    return spare
  }
}
