/** What an entry may cover: letters and block markers that exist, never what holds the draft together. */
import type { Join, Ref } from '../ledger/entry.ts'
import type { Id } from '../ledger/id.ts'
import { covers, isCanonical, subtract } from '../ledger/ranges.ts'
import type { Ranges } from '../ledger/ranges.ts'
import type { Written } from './ledger.ts'
import { endOf } from './struct.ts'
import { isInText } from './tokens.ts'
import type { Kind, Tokens } from './tokens.ts'
import type { RefusalCode } from './verdict.ts'

/**
 * Judges the ranges of an entry, its `w` and its `j`, once all new structs of the update are known.
 * Their form, and how many there may be, is judged where the entry is read.
 */
export function judgeCovering({ entry, id }: Written, tokens: Tokens): RefusalCode | null {
  for (let i = 0; i < entry.r.length; i += 3) {
    const code = judgeRange(entry.r[i]!, entry.r[i + 1]!, entry.r[i + 2]!, id, tokens)
    if (code) return code
  }
  if (entry.type === 'fmt') return judgeLetters(entry.r, tokens)
  if (entry.type === 'ref') return judgeLetters(entry.r, tokens) ?? judgeMeant(entry.to, tokens)
  if (entry.type === 'attr') return judgeMarker(entry.r, tokens)
  if (entry.type !== 'del') return null
  return judgeWhole(entry.w ?? [], entry.r, tokens) ?? judgeJoins(entry.j ?? [], entry.r, tokens)
}

const protectedKinds: ReadonlySet<Kind> = new Set(['anchor', 'root', 'sentinel', 'note-marker'])

function judgeRange(
  client: number,
  start: number,
  length: number,
  id: Id,
  tokens: Tokens,
): RefusalCode | null {
  const end = start + length
  // Of its own client's tokens an entry covers only those written before it.
  if (end > (client === id.client ? id.clock : tokens.end(client))) return 'unknown-ranges'
  for (const struct of tokens.runs(client, start, end)) {
    if (!tokens.spend(1)) return 'too-costly'
    if (!isInText(struct.home)) return 'unknown-ranges'
    const first = tokens.kindIn(struct, Math.max(start, struct.clock))
    if (first !== null && protectedKinds.has(first)) return 'protected-token'
    if (struct.clock <= start && first === 'second-half') return 'split-letter'
    const isLast = endOf(struct) >= end
    if (isLast && tokens.kindIn(struct, end - 1) === 'first-half') return 'split-letter'
  }
  return null
}

/** Only letters have formats, and refer to provisions. */
function judgeLetters(r: Ranges, tokens: Tokens): RefusalCode | null {
  for (let i = 0; i < r.length; i += 3) {
    for (const struct of tokens.runs(r[i]!, r[i + 1]!, r[i + 1]! + r[i + 2]!)) {
      if (!tokens.spend(1)) return 'too-costly'
      if (struct.content.type !== 'letters') return 'bad-ranges'
    }
  }
  return null
}

/** A reference means a paragraph of the body. */
const judgeMeant = ([client, clock]: Ref['to'], tokens: Tokens): RefusalCode | null =>
  tokens.kindAt({ client, clock }) === 'marker' ? null : 'unknown-ranges'

/** What is set of a block is set of one marker. */
function judgeMarker(r: Ranges, tokens: Tokens): RefusalCode | null {
  const [client, clock, length] = r
  const isOne = r.length === 3 && length === 1
  return isOne && tokens.kindAt({ client: client!, clock: clock! }) === 'marker'
    ? null
    : 'bad-ranges'
}

/** `w` names markers of `r`, and nothing else. */
function judgeWhole(w: Ranges, r: Ranges, tokens: Tokens): RefusalCode | null {
  if (!isCanonical(w) || subtract(w, r).length > 0) return 'bad-ranges'
  for (let i = 0; i < w.length; i += 3) {
    for (const struct of tokens.runs(w[i]!, w[i + 1]!, w[i + 1]! + w[i + 2]!)) {
      if (!tokens.spend(1)) return 'too-costly'
      if (tokens.kindIn(struct, struct.clock) !== 'marker') return 'bad-ranges'
    }
  }
  return null
}

/** `j` names for markers of `r` the block that each is joined to, by that block's own marker. */
function judgeJoins(j: readonly Join[], r: Ranges, tokens: Tokens): RefusalCode | null {
  for (const [client, clock, beforeClient, beforeClock] of j) {
    if (!covers(r, client, clock)) return 'bad-ranges'
    if (tokens.kindAt({ client, clock }) !== 'marker') return 'bad-ranges'
    const before = tokens.kindAt({ client: beforeClient, clock: beforeClock })
    if (before !== 'marker' && before !== 'root') return 'unknown-ranges'
    if (client === beforeClient && clock === beforeClock) return 'bad-ranges'
  }
  return null
}
