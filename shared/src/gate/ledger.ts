/** What may be written into the session's own ledger: signed entries, each under a key of its own. */
import { entrySchema, ledgerName } from '../ledger/entry.ts'
import type { Entry, EntryKey } from '../ledger/entry.ts'
import type { Id } from '../ledger/id.ts'
import { isCanonical, subtract } from '../ledger/ranges.ts'
import { sameId } from './struct.ts'
import type { Struct } from './struct.ts'
import type { Tokens } from './tokens.ts'
import type { RefusalCode, Sender } from './verdict.ts'

/** What stands under one key: its last token, and the last entry whose content is there. */
interface Chain {
  last: Id
  entry: Entry | null
  readonly isNew: boolean
}

/** An entry of the update, with its key and the token that holds it. */
export interface Written {
  readonly entry: Entry
  readonly key: EntryKey
  readonly id: Id
}

export class Ledger {
  /** The name of the ledger's root map. */
  readonly name: string
  /** The entries of the update, superseded ones included. */
  readonly written: Written[] = []
  /** New structs that say of themselves that they are no longer in force. */
  readonly superseded: Struct[] = []
  private readonly tokens: Tokens
  private readonly user: string
  private readonly chains = new Map<EntryKey, Chain>()

  constructor(tokens: Tokens, sender: Sender) {
    this.name = ledgerName(sender.delegation)
    this.tokens = tokens
    this.user = sender.user
  }

  /** Judges one new struct under a key, in causal order. What it covers is judged when all is read. */
  judge(struct: Struct, key: EntryKey): RefusalCode | null {
    const { client, clock, length, origin, rightOrigin, content } = struct
    if (!isKeyOf(key, client)) return 'bad-key'
    const former = this.chain(key)
    if (rightOrigin || !sameId(origin, former?.last ?? null)) return 'bad-overwrite'
    const last = { client, clock: clock + length - 1 }
    const chain = former ?? { last, entry: null, isNew: true }
    chain.last = last
    this.chains.set(key, chain)
    // Yjs sends a superseded entry without its content, or, where it keeps contents, with its like.
    if (content.type === 'deleted' || length > 1) this.superseded.push(struct)
    if (content.type === 'deleted') return null
    if (content.type !== 'entries') return 'forbidden-content'
    for (const [i, value] of content.values.entries()) {
      const entry = parse(value)
      if (!entry) return 'bad-entry'
      if (entry.user !== this.user) return 'foreign-signature'
      if (!isCanonical(entry.r)) return 'bad-ranges'
      if (chain.entry && !widens(entry, chain.entry)) return 'bad-overwrite'
      chain.entry = entry
      this.written.push({ entry, key, id: { client, clock: clock + i } })
    }
    return null
  }

  /** Whether the entry in force under a struct's key is among its tokens from `start` to `end`. */
  isInForce(struct: Struct, start: number, end: number): boolean {
    const key = struct.home?.root === this.name ? struct.home.key : null
    const last = key === null ? null : this.chain(key)?.last
    if (!last) return true
    return last.client === struct.client && last.clock >= start && last.clock < end
  }

  /**
   * Every keep must name an entry that the delegation has; and keeps of keeps must end at a deletion.
   * A circle can only be closed by keys that are new in one update, since a key's `of` never changes.
   */
  judgeKeeps(): RefusalCode | null {
    const sound = new Set<EntryKey>()
    for (const { entry, key } of this.written) {
      if (entry.type !== 'keep') continue
      const path = new Set([key])
      let at: Entry | null = entry
      while (at?.type === 'keep' && !sound.has(at.of)) {
        const named = this.chain(at.of)
        if (!named || path.has(at.of)) return 'unknown-entry'
        if (!named.isNew) break
        path.add(at.of)
        at = named.entry
      }
      for (const passed of path) sound.add(passed)
    }
    return null
  }

  private chain(key: EntryKey): Chain | null {
    const chain = this.chains.get(key)
    if (chain) return chain
    const held = this.tokens.known.lastUnder(this.name, key)
    if (!held) return null
    const known = { last: held.last, entry: held.value as Entry, isNew: false }
    this.chains.set(key, known)
    return known
  }
}

function isKeyOf(key: EntryKey, client: number): boolean {
  const n = key.slice(key.indexOf(':') + 1)
  return /^(0|[1-9]\d{0,9})$/.test(n) && key === `${client}:${n}`
}

/** A value decoded from an update may inherit what it does not own; a plain object owns it all. */
function parse(value: unknown): Entry | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (Object.getPrototypeOf(value) !== Object.prototype) return undefined
  return entrySchema.safeParse(value).data
}

/** A key is written again only to cover more: the same proposal of the same person, grown. */
const widens = (entry: Entry, former: Entry): boolean =>
  entry.type === former.type &&
  entry.user === former.user &&
  entry.type !== 'attr' &&
  entry.type !== 'ref' &&
  (entry.type === 'keep' ? entry.of : null) === (former.type === 'keep' ? former.of : null) &&
  (entry.type === 'fmt' ? entry.format : null) === (former.type === 'fmt' ? former.format : null) &&
  subtract(former.r, entry.r).length === 0
