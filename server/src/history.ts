/** Who wrote what when, read from the log: the Y.Doc itself holds no times. */
import type { RevisionWritings, Writing } from '@revmark/shared/docx'
import type { Moment, Seat, Written } from '@revmark/shared/wire'
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

/** When and by whom each token and each deletion entry of a draft came into its log. */
export function writingsIn(
  log: readonly LogEntry[],
  people: readonly Pick<Seat, 'id' | 'name'>[],
): RevisionWritings {
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const tokens = new Map<number, { readonly clock: number; readonly by: Writing }[]>()
  const entries = new Map<string, Writing>()
  for (const { kind, data, at, user } of log) {
    if (kind !== 'edit') continue
    const by = { at, person: names.get(user) ?? null }
    for (const struct of Y.decodeUpdate(data).structs) {
      const { client, clock } = struct.id
      const own = tokens.get(client)
      if (own) own.push({ clock, by })
      else tokens.set(client, [{ clock, by }])
      // A key is overwritten by a larger entry of the same moment: the first one counts.
      if (!(struct instanceof Y.Item) || struct.parentSub === null) continue
      if (!entries.has(struct.parentSub)) entries.set(struct.parentSub, by)
    }
  }
  return {
    insertion: (token) => {
      const [client, clock] = token.split(':').map(Number) as [number, number]
      const own = tokens.get(client) ?? []
      // The last stretch that does not begin behind it; a client's tokens come in their order.
      let [from, to] = [0, own.length]
      while (from < to) {
        const middle = (from + to) >> 1
        if (own[middle]!.clock <= clock) from = middle + 1
        else to = middle
      }
      return own[from - 1]?.by ?? null
    },
    // A key begins with a client id, which is of one delegation.
    deletion: (_delegation, entry) => entries.get(entry) ?? null,
  }
}

/** The same without anybody's name. */
export const withoutPersons = ({ insertion, deletion }: RevisionWritings): RevisionWritings => {
  const nameless = (by: Writing | null) => by && { ...by, person: null }
  return {
    insertion: (token) => nameless(insertion(token)),
    deletion: (delegation, entry) => nameless(deletion(delegation, entry)),
  }
}
