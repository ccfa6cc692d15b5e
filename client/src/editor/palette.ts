/** How delegations are named and look in the text. */
import type { Delegation } from '@revmark/shared/wire'
import { lookOf } from '../ui/look.ts'

export class Palette {
  private readonly delegations: ReadonlyMap<string, Delegation>

  constructor(delegations: ReadonlyMap<string, Delegation>) {
    this.delegations = delegations
  }

  /** The delegation's name; its code where the meeting does not know it. */
  nameOf(code: string): string {
    return this.delegations.get(code)?.name ?? code
  }

  namesOf(codes: readonly string[]): string {
    return codes.map((code) => this.nameOf(code)).join(', ')
  }

  /** The attributes that `tokens.css` reads; none for a delegation that the meeting does not know. */
  lookOf(code: string | null): Readonly<Record<string, string>> {
    const delegation = code === null ? undefined : this.delegations.get(code)
    if (!delegation) return {}
    const look = lookOf(delegation.colour)
    return { 'data-colour': `${look['data-colour']}`, 'data-stroke': `${look['data-stroke']}` }
  }
}
