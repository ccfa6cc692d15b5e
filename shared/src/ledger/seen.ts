/** What a chair saw of what is decided, so that nobody decides unseen. */
import { sha256Hex } from '../resolution/sha256.ts'
import { addressesOf } from './address.ts'
import type { Aspects } from './aspect.ts'
import { entryName } from './entries.ts'
import { idKey } from './id.ts'
import type { Id } from './id.ts'
import type { Ledger } from './ledger.ts'
import { holding } from './place.ts'
import { eachRange, noRanges } from './ranges.ts'
import type { Ranges } from './ranges.ts'

/** Hex digits for each stretch. */
const width = 12

/** A stretch of tokens of one aspect that stands alike. */
interface Stretch extends Id {
  readonly digest: string
}

/**
 * A digest of what stands decided and proposed over the ranges of a request: the insertion states of
 * `ins` with what its delegation made of it, the deletion states and proposers of `del`, the settings
 * of `set`. Equal on every client that sees the same.
 */
export const seenDigest = (
  ledger: Ledger,
  ins: Ranges,
  del: Ranges,
  set: Ranges = noRanges,
): string => stretchesIn(ledger, ins, del, set).reduce((all, { digest }) => all + digest, '')

/** The addresses of the paragraphs in which something is no longer as in a digest, in their order. */
export function changedSince(
  ledger: Ledger,
  ins: Ranges,
  del: Ranges,
  set: Ranges,
  seen: string,
): string[] {
  const known = new Set<string>()
  for (let at = 0; at < seen.length; at += width) known.add(seen.slice(at, at + width))
  const marked = ledger.project('marked')
  const addresses = addressesOf(marked)
  const changed = new Set(
    stretchesIn(ledger, ins, del, set)
      .filter(({ digest }) => !known.has(digest))
      .map((stretch) => holding(marked, stretch)?.key),
  )
  return marked.paragraphs
    .filter(({ key }) => changed.has(key))
    .map(({ key }) => addresses.get(key) || 'a paragraph without a label')
}

function stretchesIn(ledger: Ledger, ins: Ranges, del: Ranges, set: Ranges): Stretch[] {
  return [
    ...described(ledger, 'ins', ins, ({ state: { ins: state, settings } }) =>
      settings ? `${state} ${JSON.stringify(settings.ownEntries)}` : state,
    ),
    ...described(ledger, 'del', del, ({ state, rejected }) =>
      [
        state.del,
        ...state.proposers.map(({ delegation, entry }) => entryName(delegation, entry)),
        ...(rejected.size > 0 ? ['rejected', ...[...rejected.keys()].toSorted()] : []),
      ].join(' '),
    ),
    ...described(ledger, 'set', set, ({ state }) => JSON.stringify(state.settings)),
  ]
}

/** Stretches of equal description, however the tokens are cut into items. */
function described(
  ledger: Ledger,
  aspect: string,
  ranges: Ranges,
  describe: (aspects: Aspects) => string,
): Stretch[] {
  const runs: { client: number; clock: number; length: number; as: string }[] = []
  eachRange(ranges, (client, clock, length) => {
    for (const stretch of ledger.states.stretches(client, clock, length)) {
      const as = describe(stretch.aspects)
      const last = runs.at(-1)
      if (last?.client === client && last.clock + last.length === stretch.clock && last.as === as) {
        last.length += stretch.length
      } else runs.push({ client, clock: stretch.clock, length: stretch.length, as })
    }
  })
  return runs.map(({ client, clock, length, as }) => {
    const line = `${aspect} ${idKey(client, clock)}+${length} ${as}`
    return { client, clock, digest: sha256Hex(line).slice(0, width) }
  })
}
