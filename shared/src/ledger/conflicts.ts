/** Where changes of several delegations meet: computed from what they cover, never stored. */
import type { Change } from './changes.ts'
import { idKey } from './id.ts'
import type { Ledger } from './ledger.ts'
import type { Paragraph } from './paragraph.ts'
import { eachRange } from './ranges.ts'
import type { Ranges } from './ranges.ts'

/**
 * `collision`: other words for the same words, or another value of the same property; `agreement`: the
 * same deletion, insertion, replacement or value; `edit`: one deletes or moves what the other edits.
 * Two moves of one paragraph agree where they go to one place, and else collide.
 */
export type ConflictKind = 'collision' | 'agreement' | 'edit'

/** What meets with one change, in the order of the text. */
export interface Conflict {
  readonly kind: ConflictKind
  readonly changes: readonly Change[]
}

/** The conflicts of each change that has some, by its id. Only what is open conflicts. */
export function conflictsOf(
  ledger: Ledger,
  changes: readonly Change[],
): ReadonlyMap<string, readonly Conflict[]> {
  const open = changes.filter(({ state }) => state === 'pending' || state === 'bracketed')
  const meetings = new Meetings()
  const byParagraph = changesByParagraph(open)
  const { paragraphs } = ledger.project('marked')
  // Before all else: what goes to one place agrees, also where it deletes the same.
  meetAmongNew(paragraphs, byParagraph, meetings)
  meetOver(open, ({ del }) => del, meetInDeletion, meetings)
  meetOver(open, ({ set }) => set, meetInSetting, meetings)
  for (const paragraph of paragraphs) {
    const within = byParagraph.get(paragraph.key) ?? []
    if (new Set(within.map(({ delegation }) => delegation)).size > 1)
      meetInParagraph(paragraph, within, meetings)
  }
  return meetings.of(open)
}

/** The paragraphs in which a change is seen; where something was moved, from where and to where. */
export const paragraphsOf = ({
  paragraph,
  moves,
}: Pick<Change, 'paragraph' | 'moves'>): ReadonlySet<string> =>
  new Set([paragraph, ...moves.flatMap((move) => [move.paragraph, move.origin])])

/** Changes by the keys of the paragraphs in which they are seen. */
export function changesByParagraph(changes: readonly Change[]): ReadonlyMap<string, Change[]> {
  const byParagraph = new Map<string, Change[]>()
  for (const change of changes) {
    for (const key of paragraphsOf(change)) {
      const list = byParagraph.get(key)
      if (list) list.push(change)
      else byParagraph.set(key, [change])
    }
  }
  return byParagraph
}

class Meetings {
  private readonly found = new Map<string, Map<string, ConflictKind>>()

  add(kind: ConflictKind, a: Change, b: Change): void {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const known = this.found.get(one.id) ?? new Map<string, ConflictKind>()
      if (!known.has(other.id)) known.set(other.id, kind)
      this.found.set(one.id, known)
    }
  }

  of(changes: readonly Change[]): Map<string, Conflict[]> {
    const order = new Map(changes.map((change, i) => [change.id, i]))
    const out = new Map<string, Conflict[]>()
    for (const [id, met] of this.found) {
      const sorted = [...met].toSorted(([a], [b]) => order.get(a)! - order.get(b)!)
      const groups = Map.groupBy(sorted, ([, kind]) => kind)
      out.set(
        id,
        [...groups].map(([kind, some]) => ({
          kind,
          changes: some.map(([other]) => changes[order.get(other)!]!),
        })),
      )
    }
    return out
  }
}

type Meet = (a: Change, b: Change) => ConflictKind | null

/** Lets the changes of different delegations meet whose ranges have a token in common. */
function meetOver(
  changes: readonly Change[],
  rangesOf: (change: Change) => Ranges,
  meet: Meet,
  meetings: Meetings,
): void {
  const spans: { client: number; from: number; to: number; change: Change }[] = []
  for (const change of changes) {
    eachRange(rangesOf(change), (client, clock, length) =>
      spans.push({ client, from: clock, to: clock + length, change }),
    )
  }
  spans.sort((a, b) => a.client - b.client || a.from - b.from)
  let open: typeof spans = []
  for (const span of spans) {
    open = open.filter(({ client, to }) => client === span.client && to > span.from)
    for (const { change } of open) {
      const kind = change.delegation === span.change.delegation ? null : meet(change, span.change)
      if (kind) meetings.add(kind, change, span.change)
    }
    open.push(span)
  }
}

const meetInDeletion: Meet = (a, b) => {
  const moving = [a, b].filter(({ moves }) => moves.length > 0).length
  if (moving > 0) return moving === 2 ? 'collision' : 'edit'
  const replaces = [a, b].filter(({ ins }) => ins.length > 0).length
  if (replaces === 1) return 'edit'
  return replaces === 0 || saysSame(a, b) ? 'agreement' : 'collision'
}

const meetInSetting: Meet = (a, b) => {
  if (a.setting?.property !== b.setting?.property) return null
  return a.setting?.value === b.setting?.value ? 'agreement' : 'collision'
}

const saysSame = (a: Change, b: Change): boolean => a.inserted.trim() === b.inserted.trim()

/** Where a change begins and ends among the pieces of a paragraph; -1 where none is its. */
interface Place {
  readonly change: Change
  first: number
  last: number
}

/** Deletions with others' words within them, and the same words by several side by side. */
function meetInParagraph(
  { key, pieces }: Paragraph,
  changes: readonly Change[],
  meetings: Meetings,
): void {
  const starts = new Map<string, number>()
  const ends = new Map<string, number>()
  const standing: number[] = [0]
  pieces.forEach(({ client, clock, length, shown, state }, i) => {
    starts.set(idKey(client, clock), i)
    ends.set(idKey(client, clock + length), i)
    standing.push(standing[i]! + Number(shown && state.ins === 'base'))
  })
  const placeOf = (change: Change, ranges: Ranges): Place => {
    const place = { change, first: Infinity, last: -1 }
    eachRange(ranges, (client, clock, length) => {
      place.first = Math.min(place.first, starts.get(idKey(client, clock)) ?? Infinity)
      place.last = Math.max(place.last, ends.get(idKey(client, clock + length)) ?? -1)
    })
    return place
  }
  const isMovedAway = ({ moves }: Change) => moves.some(({ origin }) => origin === key)
  const whole = changes.filter((one) => one.kind === 'paragraph deleted' || isMovedAway(one))
  const deletions = changes.filter(({ kind }) => kind === 'deletion')
  const inserted = changes.filter(({ kind }) => kind === 'insertion')
  const edits = changes.filter(
    ({ kind }) => kind !== 'paragraph deleted' && kind !== 'deletion' && kind !== 'paragraph moved',
  )
  for (const deletion of whole)
    for (const edit of edits)
      if (edit.delegation !== deletion.delegation) meetings.add('edit', deletion, edit)
  const words = inserted.map((change) => placeOf(change, change.ins))
  for (const { change, first, last } of deletions.map((one) => placeOf(one, one.del)))
    for (const word of words)
      if (word.change.delegation !== change.delegation && first < word.first && word.last < last)
        meetings.add('edit', change, word.change)
  for (const same of Map.groupBy(words, ({ change }) => change.inserted.trim()).values()) {
    same.forEach((a, i) => {
      const b = same[i + 1]
      if (!b || a.change.delegation === b.change.delegation || a.last < 0 || b.last < 0) return
      const between = standing[b.first]! - standing[a.last + 1]!
      if (between === 0 && a.change.inserted.trim() !== '')
        meetings.add('agreement', a.change, b.change)
    })
  }
}

/** New or moved paragraphs with the same words, with nothing but such ones between them. */
function meetAmongNew(
  paragraphs: readonly Paragraph[],
  byParagraph: ReadonlyMap<string, readonly Change[]>,
  meetings: Meetings,
): void {
  let row: Change[] = []
  for (const { key } of paragraphs) {
    const made = (byParagraph.get(key) ?? []).find(
      ({ kind, moves }) =>
        kind === 'paragraph inserted' || moves.some(({ paragraph }) => paragraph === key),
    )
    if (!made) {
      row = []
      continue
    }
    for (const other of row)
      if (
        made.delegation !== other.delegation &&
        made.kind === other.kind &&
        saysSame(made, other) &&
        made.inserted.trim()
      )
        meetings.add('agreement', other, made)
    row.push(made)
  }
}
