/** Random scripts of honest edits by three seats, written directly with Yjs, sent in every way. */
import * as Y from 'yjs'
import fc from 'fast-check'
import type { Verdict } from '../src/gate/index.ts'
import type { Del, Entry } from '../src/ledger/entry.ts'
import { ledgerName } from '../src/ledger/entry.ts'
import { idKey } from '../src/ledger/id.ts'
import { toRanges, union } from '../src/ledger/ranges.ts'
import { Seat, tokensOf } from './gate-draft.ts'
import type { Seen, Server } from './gate-draft.ts'

const ops = [
  'write',
  'write',
  'write',
  'block',
  'split',
  'move',
  'note',
  'amend',
  'strike',
  'widen',
  'keep',
  'set',
  'format',
  'send',
  'receive',
] as const

export interface Step {
  readonly seat: number
  readonly op: (typeof ops)[number]
  readonly a: number
  readonly b: number
  readonly text: string
}

export const script = (maxLength: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({
      seat: fc.nat({ max: 2 }),
      op: fc.constantFrom(...ops),
      a: fc.nat({ max: 9999 }),
      b: fc.nat({ max: 9999 }),
      text: fc.constantFrom('a', 'bc', 'déf', '😀', 'x😀𠀀y', 'العربية', 'e\u0301'),
    }),
    { maxLength, minLength: 1 },
  )

const isFirstHalf = ({ text }: Seen): boolean => text >= '\ud800' && text < '\udc00'
const isSecondHalf = ({ text }: Seen): boolean => text >= '\udc00' && text < '\ue000'

/** Tokens after which something may be written: all of the body but the first halves of letters. */
const writable = (seat: Seat): Seen[] => {
  const tokens = tokensOf(seat.ydoc)
  return tokens
    .slice(
      0,
      tokens.findIndex(({ type }) => type === 'sentinel'),
    )
    .filter((token) => !isFirstHalf(token))
}

/** Tokens after which words of a footnote may be written. */
const notable = (seat: Seat): Seen[] => {
  const tokens = tokensOf(seat.ydoc)
  return tokens
    .slice(tokens.findIndex(({ type }) => type === 'sentinel') + 1)
    .filter((token) => token.type !== 'anchor' && !isFirstHalf(token))
}

/** The ranges of some neighbouring tokens, whole letters and markers only. */
function ranges(
  seat: Seat,
  a: number,
  b: number,
): { r: readonly number[]; w: readonly number[]; letters: readonly number[] } {
  const tokens = tokensOf(seat.ydoc)
  let from = 1 + (a % (tokens.length - 1))
  let to = Math.min(from + 1 + (b % 12), tokens.length)
  if (isSecondHalf(tokens[from]!)) from--
  if (isFirstHalf(tokens[to - 1]!)) to++
  const taken = tokens
    .slice(from, to)
    .filter(({ type }) => type === 'letter' || type === 'marker' || type === 'reference')
  const flat = (list: readonly Seen[]) => toRanges(list.flatMap((t) => [t.client, t.clock, 1]))
  return {
    r: flat(taken),
    w: flat(taken.filter(({ type }) => type === 'marker')),
    letters: flat(taken.filter(({ type }) => type === 'letter')),
  }
}

/** Does one honest edit. `send` and `receive` are the caller's. */
export function edit(seat: Seat, { op, a, b, text }: Step): void {
  const ledger = seat.ydoc.getMap<Entry>(ledgerName(seat.delegation))
  const places = writable(seat)
  const place = places[a % places.length]!
  if (op === 'write') seat.write(place, text)
  if (op === 'split') seat.write(place, { e: 1 }, { b: 'item', s: 1 })
  if (op === 'note') {
    const f = idKey(seat.client, Y.getState(seat.ydoc.store, seat.client))
    const sentinel = tokensOf(seat.ydoc).find(({ type }) => type === 'sentinel')!
    seat.write(place, { f })
    seat.write(sentinel, { b: 'footnote', n: f }, text, { e: 1 })
  }
  const notes = notable(seat)
  if (op === 'amend' && notes.length > 0) seat.write(notes[a % notes.length]!, text)
  if (op === 'block') {
    const anchors = places.filter(({ type }) => type === 'anchor')
    seat.write(anchors[a % anchors.length]!, { b: 'item', lvl: 2 }, text, { e: 1 })
  }
  if (op === 'move') {
    const anchors = places.filter(({ type }) => type === 'anchor')
    const markers = places.slice(1).filter(({ type }) => type === 'marker')
    const { client, clock } = markers[b % markers.length]!
    const from = idKey(client, clock)
    const on = b % 2 === 1 ? { on: 1 as const } : {}
    const marker = { b: 'item' as const, from, size: text.length + 1, ...on }
    seat.write(anchors[a % anchors.length]!, marker, text, { e: 1 })
    seat.enter(seat.del([client, clock, 1], { w: [client, clock, 1] }))
  }
  if (op === 'strike') {
    const { r, w } = ranges(seat, a, b)
    const j = w.length > 0 && b % 2 === 0 ? [[w[0]!, w[1]!, 1, 0] as const] : undefined
    seat.enter(seat.del(r, j ? { j } : { w }))
  }
  if (op === 'set') {
    const [marker] = tokensOf(seat.ydoc)
      .filter(({ type }) => type === 'marker')
      .slice(1 + (a % 3))
    if (marker) {
      const { client, clock } = marker
      const value = { property: 'level' as const, value: 1 + (b % 9) }
      const supersedes = [...ledger.keys()].slice(0, a % 4)
      seat.enter({ type: 'attr', r: [client, clock, 1], supersedes, user: seat.user, ...value })
    }
  }
  if (op === 'format') {
    const { letters } = ranges(seat, a, b)
    if (letters.length > 0) seat.enter({ type: 'fmt', r: letters, format: 'bold', user: seat.user })
  }
  const mine = [...ledger.entries()].filter(([key]) => key.startsWith(`${seat.client}:`))
  const [key, entry] = mine[a % Math.max(mine.length, 1)] ?? []
  if (op === 'widen' && key && entry?.type === 'del') {
    seat.enter({ ...entry, r: union(entry.r, ranges(seat, b, a).r) } satisfies Del, key)
  }
  const all = [...ledger.keys()]
  if (op === 'keep' && all.length > 0)
    seat.enter(seat.keep(all[b % all.length]!, ranges(seat, a, b).r))
}

/** Sends what a seat has written, in one of the ways in which Yjs clients do. */
export function send(server: Server, seat: Seat, way: number): Verdict[] {
  const { sent, ydoc } = seat
  if (sent.length === 0) return []
  const known = () => Y.encodeStateVector(server.ydoc)
  if (way % 6 === 0) return sent.map((update) => server.take(update, seat))
  if (way % 6 === 1) return [server.take(Y.mergeUpdates(sent), seat)]
  if (way % 6 === 2) return [server.take(Y.encodeStateAsUpdate(ydoc, known()), seat)]
  if (way % 6 === 3) return [server.take(Y.encodeStateAsUpdate(ydoc), seat)]
  const half = sent.slice(0, Math.ceil(sent.length / 2))
  const first = half.map((update) => server.take(update, seat))
  if (way % 6 === 4)
    return [...first, server.take(Y.diffUpdate(Y.mergeUpdates(sent), known()), seat)]
  return [...first, ...cut(Y.mergeUpdates(sent), seat, way).map((part) => server.take(part, seat))]
}

/** The rest of an update from some token on, cut where Yjs's own diff would cut it. */
function cut(update: Uint8Array, seat: Seat, way: number): Uint8Array[] {
  const { from, to } = Y.parseUpdateMeta(update)
  const [start, end] = [from.get(seat.client) ?? 0, to.get(seat.client) ?? 0]
  const clock = start + (way % Math.max(1, end - start))
  const struct = Y.decodeUpdate(update).structs.find(({ id, length }) => clock < id.clock + length)
  const boundary = struct?.id.clock ?? start
  return [update, Y.diffUpdate(update, Y.encodeStateVector(new Map([[seat.client, boundary]])))]
}

/** Two delegations, one of them with two people. */
export const seatsOf = (server: Server): Seat[] => [
  new Seat(server, 1001, 'B'),
  new Seat(server, 4_000_000_000, 'CAN'),
  new Seat(server, 2002, 'B'),
]
