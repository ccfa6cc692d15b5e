/** What a chair decides at once: changes, parts of them, and the request that names them. */
import type { Change } from './changes.ts'
import type { DecisionRequest, Verb } from './decision.ts'
import { entryName } from './entries.ts'
import type { Ledger } from './ledger.ts'
import type { Paragraph } from './paragraph.ts'
import { intersect, toRanges, union } from './ranges.ts'
import type { Ranges } from './ranges.ts'
import { seenDigest } from './seen.ts'

/** What of a change is decided: all that it names, or a part of its ranges. */
export type Part = Pick<Change, 'ins' | 'del' | 'set' | 'entries'>

/** Whether a verb does anything to a change as it stands, and may. */
export function suits(verb: Verb, { state, setting }: Pick<Change, 'state' | 'setting'>): boolean {
  if (verb === 'reopen') return state !== 'pending'
  // Only words can stand in brackets.
  if (verb === 'bracket') return state === 'pending' && setting === null
  return state === 'pending' || state === 'bracketed'
}

/** The request to decide some changes at once, as the ledger shows them now. */
export function requestFor(
  ledger: Ledger,
  verb: Verb,
  parts: readonly Part[],
  note = '',
): DecisionRequest {
  const ins = toRanges(parts.flatMap((part) => part.ins))
  const del = toRanges(parts.flatMap((part) => part.del))
  const set = toRanges(parts.flatMap((part) => part.set))
  const seen = seenDigest(ledger, ins, del, set)
  const named = new Map<string, DecisionRequest['entries'][number]>()
  for (const { entries, set: tokens } of parts) {
    for (const { delegation, entry } of entries) {
      const name = entryName(delegation, entry)
      const ref = named.get(name) ?? { delegation, entry }
      // Of several settings each is decided where it was picked, and not where another was.
      const isApart = parts.length > 1 && tokens.length > 0
      named.set(name, isApart ? { ...ref, r: [...union(ref.r ?? [], tokens)] } : ref)
    }
  }
  const entries = [...named.values()]
  const ranges = { ins: [...ins], del: [...del], set: [...set] }
  return { verb, ...ranges, entries, seen, ...(note !== '' && { note }) }
}

/** Changes cut to some tokens; those that have none of them are left out. */
export const within = (changes: readonly Change[], tokens: Ranges): Change[] =>
  changes.flatMap((change) => {
    const ins = intersect(change.ins, tokens)
    const del = intersect(change.del, tokens)
    const set = intersect(change.set, tokens)
    return ins.length + del.length + set.length > 0 ? [{ ...change, ins, del, set }] : []
  })

/**
 * The keys of the paragraphs of a section: from the call at or before the one named to the next call,
 * or what stands before the first call, or an annex's head.
 */
export function sectionAt(paragraphs: readonly Paragraph[], key: string): ReadonlySet<string> {
  const at = paragraphs.findIndex((paragraph) => paragraph.key === key)
  const begins = ({ kind }: Paragraph) => kind === 'call' || kind === 'annexNumber'
  if (at < 0) return new Set()
  const from = paragraphs.slice(0, at + 1).findLastIndex(begins)
  const next = paragraphs.findIndex((paragraph, i) => i > at && begins(paragraph))
  const section = paragraphs.slice(Math.max(from, 0), next < 0 ? undefined : next)
  return new Set(section.map((paragraph) => paragraph.key))
}

/**
 * The words that stand in the clean view in a paragraph of their own only because theirs is to be
 * deleted: left behind, as token ranges.
 */
export function leftBehindIn(ledger: Ledger): Ranges {
  const out: number[] = []
  for (const { leftBehind, pieces } of ledger.project('clean').paragraphs) {
    if (!leftBehind) continue
    for (const { shown, client, clock, length } of pieces)
      if (shown) out.push(client, clock, length)
  }
  return toRanges(out)
}
