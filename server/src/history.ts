/** Who wrote what when, read from the log: the Y.Doc itself holds no times. */
import { fileWritings } from '@revmark/shared/docx'
import type { RevisionWritings, Writing } from '@revmark/shared/docx'
import { parseIdKey, partitionPoint } from '@revmark/shared/ledger'
import type { Id } from '@revmark/shared/ledger'
import type { Delegation, Moment, Seat, Written } from '@revmark/shared/wire'
import * as Y from 'yjs'
import type { LogEntry } from './store/log.ts'

/** Writing of one client id is one stretch as long as its pauses are shorter than this; milliseconds. */
const pause = 60_000

/** The stretches of writing in a log, in the order in which they began. */
export function writtenIn(log: readonly LogEntry[]): Written[] {
  const stretches: Written[] = []
  const last = new Map<number, Written>()
  for (const { kind, data, user, at } of log) {
    if (kind !== 'edit') continue
    for (const { id, length } of Y.decodeUpdate(data).structs) {
      const stretch = last.get(id.client)
      if (stretch && stretch.clock + stretch.length === id.clock && at - stretch.to < pause) {
        stretch.length += length
        stretch.to = at
        continue
      }
      const begun = { user, client: id.client, clock: id.clock, length, from: at, to: at }
      last.set(id.client, begun)
      stretches.push(begun)
    }
  }
  return stretches
}

/**
 * The moments of a log: each decision, and each person's work up to a pause or to an entry that is
 * `named`, which others' may interrupt. In the order in which they ended.
 */
export function momentsIn(log: readonly LogEntry[], named: ReadonlySet<number>): Moment[] {
  const moments: Moment[] = []
  const open = new Map<string, Moment>()
  for (const { seq, kind, user, at, decision } of log) {
    if (kind === 'person') continue
    const moment = kind === 'edit' ? open.get(user) : undefined
    if (moment && at - moment.to < pause) {
      moment.seq = seq
      moment.to = at
    } else {
      const begun: Moment = { seq, user, kind, from: at, to: at, decision: decision?.id ?? null }
      moments.push(begun)
      if (kind === 'edit') open.set(user, begun)
    }
    if (named.has(seq)) open.clear()
  }
  return moments.toSorted((a, b) => a.seq - b.seq)
}

/** What a draft itself says of its makers: what came in files keeps the signatures that it had there. */
export interface Makers {
  readonly people: readonly Pick<Seat, 'id' | 'name'>[]
  /** Their names and codes are no persons' names. */
  readonly delegations: readonly Pick<Delegation, 'code' | 'name'>[]
  readonly ydoc: Y.Doc
}

/**
 * When and by whom each token and each entry of a draft came into its log; or, of what was taken in
 * from a file, who signed it there and when. What somebody wrote without a pause has the time of its
 * first letter.
 */
export function writingsIn(
  log: readonly LogEntry[],
  { people, delegations, ydoc }: Makers,
): RevisionWritings {
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const tokens = new Map<number, { readonly clock: number; readonly by: Writing; to: number }[]>()
  const entries = new Map<string, Writing>()
  for (const { kind, data, at, user } of log) {
    if (kind !== 'edit') continue
    const by = { at, person: names.get(user) ?? null }
    for (const struct of Y.decodeUpdate(data).structs) {
      const { client, clock } = struct.id
      const own = tokens.get(client)
      const last = own?.at(-1)
      if (last && at - last.to < pause) last.to = at
      else if (own) own.push({ clock, by, to: at })
      else tokens.set(client, [{ clock, by, to: at }])
      // A key is overwritten by a larger entry of the same moment: the first one counts.
      if (!(struct instanceof Y.Item) || struct.parentSub === null) continue
      if (!entries.has(struct.parentSub)) entries.set(struct.parentSub, by)
    }
  }
  /** The stretch in which a token was written; a client's tokens come in their order. */
  const stretchOf = ({ client, clock }: Id) => {
    const own = tokens.get(client) ?? []
    const next = partitionPoint(own.length, (i) => own[i]!.clock <= clock)
    return { by: own[next - 1]?.by ?? null, end: own[next]?.clock ?? Infinity }
  }
  const inFiles = fileWritings(ydoc, delegations)
  return {
    insertion: (token) => inFiles.insertion(token) ?? stretchOf(parseIdKey(token)).by,
    stretch: (id) => Math.min(inFiles.stretch(id), stretchOf(id).end - id.clock),
    // A key begins with a client id, which is of one delegation.
    entry: (delegation, key) => inFiles.entry(delegation, key) ?? entries.get(key) ?? null,
  }
}

/** The same without anybody's name. */
export const withoutPersons = ({
  insertion,
  stretch,
  entry,
}: RevisionWritings): RevisionWritings => {
  const nameless = (by: Writing | null) => by && { ...by, person: null }
  return {
    insertion: (token) => nameless(insertion(token)),
    stretch,
    entry: (delegation, key) => nameless(entry(delegation, key)),
  }
}
