/** Whoever signed a file's revisions, each under one name for the blocks that it stands in. */
import type { Signatures } from '../ledger/signatures.ts'
import type { CodeOf } from './reader/blocks.ts'
import type { Signed } from './reader/story.ts'
import type { SignedParts } from './signed-log.ts'

/** Names and dates in a file are short; what says otherwise is cut. */
const longest = 255

/** What one name stands for. */
interface Signer {
  readonly code: string
  /** The codes of who else proposes the same. */
  readonly others: readonly string[]
  readonly signature: Signatures['signers'][number]
}

export class Signers {
  private readonly codeOf: CodeOf
  private readonly signers = new Map<string, Signer>()

  constructor(codeOf: CodeOf) {
    this.codeOf = codeOf
  }

  /** The name of a signer for blocks: the same for the same signature, and another for another. */
  readonly nameOf = (by: Signed): string => {
    const { author, date, isUtc, person, others = [] } = by
    const name = JSON.stringify([author, date, isUtc, person, others])
    if (!this.signers.has(name)) {
      const code = this.codeOf(by)
      const codes = new Set(others.map((other) => this.codeOf({ author: other, date, isUtc })))
      codes.delete(code)
      this.signers.set(name, {
        code,
        others: [...codes],
        signature: { author: cut(person ?? author), date: cut(date), isUtc },
      })
    }
    return name
  }

  /** The code of a signer's delegation; of a name that is no signer's, the name. */
  readonly delegationOf = (name: string): string => this.signers.get(name)?.code ?? name

  /** The codes of who else proposes what a signer deletes. */
  readonly othersOf = (name: string): readonly string[] => this.signers.get(name)?.others ?? []

  /** The signatures of what was written under one client id; who is no signer has signed nothing. */
  of({ tokens, entries }: SignedParts): Signatures {
    const signers: Signatures['signers'][number][] = []
    const known = new Map<string, number>()
    const indexOf = (name: string): number => {
      const index = known.get(name)
      if (index !== undefined) return index
      const signature = this.signers.get(name)?.signature
      const added = signature ? signers.push(signature) - 1 : -1
      known.set(name, added)
      return added
    }
    return {
      signers,
      tokens: tokens.flatMap(({ clock, length, by }) => {
        const index = indexOf(by)
        return index < 0 ? [] : [clock, length, index]
      }),
      entries: entries.map(indexOf),
    }
  }
}

const cut = (text: string | null): string | null => text && text.slice(0, longest)
