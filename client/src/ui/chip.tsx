/** A delegation by its code, in its ink and over its stroke: the same look as its marks in the text. */
import type { Delegation } from '@revmark/shared/wire'
import { createContext, use } from 'react'
import { lookOf } from './look.ts'

/** The delegations of the meeting on screen, by code. */
export const Delegations = createContext<ReadonlyMap<string, Delegation>>(new Map())

export const byCode = (delegations: readonly Delegation[]): ReadonlyMap<string, Delegation> =>
  new Map(delegations.map((delegation) => [delegation.code, delegation]))

interface ChipProps {
  readonly code: string
  /** Shows the full name instead of the code. */
  readonly full?: boolean
  /** It is one's own. */
  readonly own?: boolean
}

/** Reads as the full name to a screen reader; a code that is not in the meeting has no colour. */
export function Chip({ code, full = false, own = false }: ChipProps) {
  const delegation = use(Delegations).get(code)
  const name = delegation?.name ?? code
  return (
    <span
      className="chip"
      data-own={own || undefined}
      title={full ? undefined : name}
      {...(delegation ? lookOf(delegation.colour) : {})}
    >
      {full ? (
        name
      ) : (
        <>
          <span aria-hidden="true">{code}</span>
          <span className="visually-hidden">{name}</span>
        </>
      )}
    </span>
  )
}
