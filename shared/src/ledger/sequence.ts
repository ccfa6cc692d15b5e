/**
 * The sequence `t` of a draft's Y.Doc: one flat list of markers, anchors, letters and references.
 * The one module of the ledger that reads and writes Yjs's insides (items, struct store, `_start`);
 * `test/sequence.test.ts` states what it relies on.
 */
import * as Y from 'yjs'
import type { Id } from './id.ts'
import { referenceLetter } from '../resolution/notes.ts'
import { isMarker } from './marker.ts'
import type { Embed, Marker } from './marker.ts'

/** A run of tokens as Yjs keeps it. Items of letters are split and merged by Yjs; embeds never are. */
export type Item = Y.Item

export const sequenceOf = (ydoc: Y.Doc): Y.Text => ydoc.getText('t')

export const firstItem = (ydoc: Y.Doc): Item | null => sequenceOf(ydoc)._start

/** The letters of an item, for a reference its stand-in; empty for markers and anchors. */
export const lettersOf = (item: Item): string =>
  item.content instanceof Y.ContentString
    ? item.content.str
    : referenceOf(item) === null
      ? ''
      : referenceLetter

/** The id of the footnote that an item refers to; null for what is no reference. */
export function referenceOf(item: Item): string | null {
  const embed = embedOf(item)
  return embed && 'f' in embed ? embed.f : null
}

export const embedOf = (item: Item): Embed | null =>
  item.content instanceof Y.ContentEmbed ? (item.content.embed as Embed) : null

export function markerOf(item: Item): Marker | null {
  const embed = embedOf(item)
  return embed && isMarker(embed) ? embed : null
}

/** The sentinel, after which the bodies of footnotes stand; null in a draft without a base. */
export function sentinelOf(ydoc: Y.Doc): Item | null {
  let item = sequenceOf(ydoc)._start
  while (item && markerOf(item)?.b !== 'notes') item = item.right
  return item
}

/** How many tokens of a client are known. */
export const knownClock = (ydoc: Y.Doc, client: number): number => Y.getState(ydoc.store, client)

/** The item of `t` that holds a token; null where the token is unknown or stands elsewhere. */
export function findItem(ydoc: Y.Doc, { client, clock }: Id): Item | null {
  const structs = ydoc.store.clients.get(client)
  if (!structs || clock >= knownClock(ydoc, client)) return null
  const struct = structs[Y.findIndexSS(structs, clock)]
  return struct instanceof Y.Item && struct.parent === sequenceOf(ydoc) ? struct : null
}

/** The items of `t` that hold tokens of a client from `clock`, `length` tokens far. */
export function* itemsOf(
  ydoc: Y.Doc,
  client: number,
  clock: number,
  length: number,
): Generator<Item> {
  const structs = ydoc.store.clients.get(client)
  if (!structs || clock >= knownClock(ydoc, client)) return
  const text = sequenceOf(ydoc)
  for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
    const struct = structs[i]!
    if (struct.id.clock >= clock + length) return
    if (struct instanceof Y.Item && struct.parent === text) yield struct
  }
}

/** The items of `t` that a transaction added. */
export function* newItems(transaction: Y.Transaction): Generator<Item> {
  for (const [client, after] of transaction.afterState) {
    const before = transaction.beforeState.get(client) ?? 0
    if (after > before) yield* itemsOf(transaction.doc, client, before, after - before)
  }
}

/** The keys of a root map that a transaction changed; for the sequence, whether it changed at all. */
export function changedKeys<T>(
  { changed }: Y.Transaction,
  type: Y.Text | Y.Map<T> | Y.Array<T>,
): Iterable<string> | undefined {
  const keys = (changed as ReadonlyMap<unknown, ReadonlySet<string | null>>).get(type)
  return keys && [...keys].filter((key) => key !== null)
}

/** One thing to write into the sequence. */
export type Token = string | Embed

/**
 * Writes tokens directly after one token, or, with `after: null`, before everything (an empty
 * document only). Returns the id of the first token written; the rest follow it clock by clock.
 * Within a transaction. The place is an item id, not an index, so it costs the same everywhere.
 */
export function insertAfter(
  transaction: Y.Transaction,
  after: Id | null,
  tokens: readonly Token[],
): Id {
  const { doc } = transaction
  const client = doc.clientID
  const first = { client, clock: knownClock(doc, client) }
  const text = sequenceOf(doc)
  let left =
    after && Y.getItemCleanEnd(transaction, doc.store, Y.createID(after.client, after.clock))
  if (!left && text._start) throw new RangeError('only an empty document begins anywhere')
  for (const token of tokens) {
    const content =
      typeof token === 'string' ? new Y.ContentString(token) : new Y.ContentEmbed(token)
    if (content.getLength() === 0) continue
    const right: Item | null = left ? left.right : null
    const id = Y.createID(client, knownClock(doc, client))
    const item = new Y.Item(
      id,
      left,
      left && left.lastId,
      right,
      right && right.id,
      text,
      null,
      content,
    )
    item.integrate(transaction, 0)
    left = item
  }
  return first
}
