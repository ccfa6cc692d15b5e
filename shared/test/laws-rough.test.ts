/** The laws hold for whatever the gate lets pass, not only for what our pen writes. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ledgerOf, settableKinds } from '../src/ledger/index.ts'
import type { Entry } from '../src/ledger/index.ts'
import { insertNoted } from '../src/ledger/noted-tokens.ts'
import { idKey } from '../src/ledger/id.ts'
import { insertAfter, knownClock } from '../src/ledger/sequence.ts'
import { formats, referenceLetter } from '../src/resolution/index.ts'
import {
  Play,
  complaintsOf,
  edits,
  handLabels,
  lawsOfDeciding,
  played,
  scripts,
} from '../src/testing/index.ts'
import type { Delegate, Step } from '../src/testing/index.ts'
import { toRanges, union } from '../src/ledger/ranges.ts'
import { Tally, runs, seed } from './fuzz.ts'
import { tokensOf } from './gate-draft.ts'
import type { Seen } from './gate-draft.ts'

const numRuns = Math.ceil(runs(200) / 2)
const tally = new Tally('whatever the gate lets pass')

const isFirstHalf = ({ text }: Seen): boolean => text >= '\ud800' && text < '\udc00'
const isSecondHalf = ({ text }: Seen): boolean => text >= '\udc00' && text < '\ue000'
const flat = (tokens: readonly Seen[]) =>
  toRanges(tokens.flatMap(({ client, clock }) => [client, clock, 1]))

/** Some neighbouring letters and markers, but for the root. */
function some(tokens: readonly Seen[], a: number, b: number): Seen[] {
  let from = 1 + (a % (tokens.length - 1))
  let to = Math.min(from + 1 + (b % 30), tokens.length)
  if (isSecondHalf(tokens[from]!)) from--
  if (isFirstHalf(tokens[to - 1]!)) to++
  return tokens
    .slice(from, to)
    .filter(({ type }) => type === 'letter' || type === 'marker' || type === 'reference')
}

/** A stranger's editor: honest in form, with ranges, `w` and `j` as they come. */
class Rough extends Play {
  override step(step: Step): void {
    const isEdit = (edits as readonly string[]).includes(step.does)
    if (isEdit) write(this.players[step.who % this.players.length]!.delegate, step)
    else super.step(step)
  }
}

function write({ ydoc, client, delegation, user }: Delegate, { does, a, b, c, text }: Step): void {
  const tokens = tokensOf(ydoc)
  const sentinel = tokens.findIndex(({ type }) => type === 'sentinel')
  const places = tokens.slice(0, sentinel).filter((token) => !isFirstHalf(token))
  const inNotes = tokens
    .slice(sentinel + 1)
    .filter((token) => token.type !== 'anchor' && !isFirstHalf(token))
  const place = places[(a * 7 + b) % places.length]!
  const insert = (...written: Parameters<typeof insertAfter>[2]) =>
    ydoc.transact((transaction) => insertAfter(transaction, place, written))
  const words = [...places, ...inNotes]
  const entries = ledgerOf(ydoc, delegation)
  // Others' entries may be missing, one's own never are.
  const next = [...entries.keys()].filter((key) => key.startsWith(`${client}:`)).length
  const enter = (entry: Entry, key = `${client}:${next}`) => entries.set(key, entry)
  const covered = some(tokens, a * 5 + c, b)
  const markers = covered.filter(({ type }) => type === 'marker')
  if (does === 'insert' || does === 'type' || does === 'paste') {
    ydoc.transact((transaction) =>
      insertAfter(transaction, words[(a * 7 + b) % words.length]!, [text]),
    )
  } else if (does === 'note' && c % 7 === 0) {
    // Its body may be late, or never come.
    insert({ f: idKey(client, knownClock(ydoc, client)) })
  } else if (does === 'note') {
    ydoc.transact((transaction) =>
      insertNoted(transaction, place, [referenceLetter], [c % 5 === 0 ? '' : text]),
    )
  } else if (does === 'split' || does === 'replace') insert({ e: 1 }, { b: 'item', s: 1 }, text)
  else if (does === 'strike') {
    insert({ b: c % 2 ? 'call' : 'item', lvl: 1 + (c % 3) }, text, { e: 1 })
  } else if (does === 'move') {
    // The copy of any block but the root, of itself as often as not, as long as it says.
    const markers = places.filter(({ type }) => type === 'marker')
    const origin = markers[1 + (a % (markers.length - 1))]!
    const from = idKey(origin.client, origin.clock)
    const on = c % 2 === 1 ? { on: 1 as const } : {}
    insert({ b: 'item', from, size: 1 + ((b * 31) % 60), ...on }, text, { e: 1 })
    if (c % 3 > 0) enter({ type: 'del', r: flat([origin]), w: flat([origin]), user })
  } else if (does === 'erase' || does === 'backspace' || does === 'join') {
    if (covered.length === 0) return
    const all = tokens.filter(({ type }) => type === 'marker')
    const joined = markers.filter((_, i) => (c >> i) % 2 === 0)
    const whole = markers.filter((marker) => (b + c) % 3 === 0 || !joined.includes(marker))
    const j = joined.flatMap((marker) => {
      const to = all[(a + c) % all.length]!
      if (to === marker) return []
      return [[marker.client, marker.clock, to.client, to.clock] as const]
    })
    enter({
      type: 'del',
      r: flat(covered),
      ...(whole.length > 0 && { w: flat(whole) }),
      ...(j.length > 0 && { j }),
      user,
    })
  } else if (does === 'indent' || does === 'outdent' || does === 'make' || does === 'label') {
    const [marker] = markers
    if (!marker) return
    const r = [marker.client, marker.clock, 1]
    // Whatever it supersedes, itself and what does not exist included.
    const supersedes = [...entries.keys(), '1:0'].filter((_, i) => ((a + c) >> i) % 2 === 1)
    enter({
      type: 'attr',
      r,
      supersedes,
      user,
      ...(does === 'make'
        ? { property: 'kind', value: settableKinds[b % settableKinds.length]! }
        : does === 'label'
          ? { property: 'label', value: handLabels[b % handLabels.length]! }
          : { property: 'level', value: 1 + (b % 4) }),
    })
  } else if (does === 'format') {
    const r = flat(covered.filter(({ type }) => type === 'letter'))
    const format = formats[c % formats.length]!
    if (r.length > 0) enter({ type: 'fmt', r, format, user })
  } else if (does === 'undo') {
    const own = [...entries].filter(([key]) => key.startsWith(`${client}:`))
    const [key, entry] = own[a % Math.max(own.length, 1)] ?? []
    if (key && entry?.type === 'fmt') {
      const letters = flat(covered.filter(({ type }) => type === 'letter'))
      enter({ ...entry, r: union(entry.r, letters) }, key)
    } else if (key && entry?.type === 'del') {
      enter({ type: 'del', r: union(entry.r, flat(covered)), user: entry.user }, key)
    }
  } else {
    const of = [...entries.keys()][b % Math.max(entries.size, 1)]
    if (of && covered.length > 0) enter({ type: 'keep', of, r: flat(covered), user })
  }
}

test(
  'W1, W2, W3, W6, W7, W8, W9, W11, W12, W13, W14: whatever the gate lets pass',
  () => {
    fc.assert(
      fc.property(scripts(60), ({ seats, steps }) => {
        const play = new Rough(seats)
        const complaints = played(play, { steps }, complaintsOf)
        tally.add('scripts')
        tally.add('steps', steps.length)
        tally.add('decisions', play.counts.decisions)
        tally.add('updates', play.counts.updates)
        if (complaints.length === 0) {
          for (const law of lawsOfDeciding) complaints.push(...law(play))
        }
        expect(complaints).toEqual([])
      }),
      { numRuns, seed },
    )
  },
  30_000 + 1000 * numRuns,
)
