/** Which signer has written what into a draft, told while it is written. */
import type { Id } from '../ledger/id.ts'

/** What was written under one client id, and by which signer: tokens by clock, entries by number. */
export interface SignedParts {
  readonly tokens: readonly {
    readonly clock: number
    readonly length: number
    readonly by: string
  }[]
  readonly entries: readonly string[]
}

export class SignedLog {
  readonly parts = new Map<number, { tokens: SignedParts['tokens'][number][]; entries: string[] }>()

  token(by: string, { client, clock }: Id, length: number): void {
    const { tokens } = this.of(client)
    const last = tokens.at(-1)
    if (last?.by === by && last.clock + last.length === clock) {
      tokens[tokens.length - 1] = { ...last, length: last.length + length }
    } else tokens.push({ clock, length, by })
  }

  /** Returns the entry's number among those of the client. */
  entry(by: string, client: number): number {
    return this.of(client).entries.push(by) - 1
  }

  private of(client: number) {
    const known = this.parts.get(client)
    if (known) return known
    const parts = { tokens: [], entries: [] }
    this.parts.set(client, parts)
    return parts
  }
}
