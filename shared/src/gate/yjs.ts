/**
 * The one module of the gate that knows Yjs's insides: how an update decodes and how the struct
 * store is read. `test/gate-yjs.test.ts` states what it relies on and fails where Yjs changes.
 */
import { createDecoder, readVarUint } from 'lib0/decoding'
import type { Decoder } from 'lib0/decoding'
import * as Y from 'yjs'
import type { Id } from '../ledger/id.ts'
import { inText, sameId, text } from './struct.ts'
import type { Content, Home, Struct } from './struct.ts'
import type { RefusalCode } from './verdict.ts'

/** Tokens that an update deletes: `length` tokens of a client from `clock`. */
export interface Deletion {
  readonly client: number
  readonly clock: number
  readonly length: number
}

/** An update's structs by client, in the order of their clocks, without gaps; and what it deletes. */
export interface Decoded {
  readonly structs: ReadonlyMap<number, readonly Struct[]>
  readonly deletions: readonly Deletion[]
}

/** Content that is gone. */
const gone: Content = { type: 'deleted' }

/** Entries name clocks in 32 bits, so no token may stand beyond. */
const clockLimit = 2 ** 32

/** How Yjs numbers the kinds of content, in the low bits of what begins a struct. */
const contentRef = { deleted: 1, letters: 4, embed: 5, any: 8 } as const
const allowedRefs: ReadonlySet<number> = new Set(Object.values(contentRef))
const skipRef = 10
const kindBits = 31

/** What a struct has, in the high bits. */
const has = { origin: 128, rightOrigin: 64, key: 32 } as const

class Refused extends Error {
  readonly code: RefusalCode

  constructor(code: RefusalCode) {
    super(code)
    this.code = code
  }
}

/**
 * Reads an update to its last byte, or says why not. Never throws; touches no document, and stops at
 * the first struct of a forbidden kind, before Yjs would build types or documents from it. The walk
 * is that of `Y.decodeUpdate`, with Yjs's own readers of ids, strings and values, but makes plain
 * structs at once; a test compares the two.
 */
export function decode(update: Uint8Array): Decoded | RefusalCode {
  try {
    const rest = createDecoder(update)
    const decoder = new Y.UpdateDecoderV1(rest)
    const structs = new Map<number, readonly Struct[]>()
    for (let sections = readVarUint(rest); sections > 0; sections--) {
      const count = readVarUint(rest)
      const client = decoder.readClient()
      // Of two sections of one client Yjs drops the first.
      if (count === 0 || structs.has(client)) return 'malformed'
      structs.set(client, readSection(decoder, count, client))
    }
    const deletions = readDeletions(rest)
    return deletions && rest.pos === update.length ? { structs, deletions } : 'malformed'
  } catch (error) {
    return error instanceof Refused ? error.code : 'malformed'
  }
}

function readSection(decoder: Y.UpdateDecoderV1, count: number, client: number): Struct[] {
  const section: Struct[] = []
  let clock = readVarUint(decoder.restDecoder)
  while (section.length < count) {
    const struct = readStruct(decoder, client, clock)
    clock += struct.length
    if (struct.length < 1 || clock > clockLimit) throw new Refused('malformed')
    section.push(struct)
  }
  return section
}

function readStruct(decoder: Y.UpdateDecoderV1, client: number, clock: number): Struct {
  const info = decoder.readInfo()
  const ref = info & kindBits
  if (!allowedRefs.has(ref)) throw new Refused(ref === skipRef ? 'gap' : 'forbidden-content')
  const origin = info & has.origin ? decoder.readLeftID() : null
  const rightOrigin = info & has.rightOrigin ? decoder.readRightID() : null
  let home: Home | null = null
  if (!origin && !rightOrigin) {
    // Else the parent is a nested type, named by an id.
    if (!decoder.readParentInfo()) throw new Refused('forbidden-content')
    home = { root: decoder.readString(), key: info & has.key ? decoder.readString() : null }
  }
  const content = readContent(decoder, ref)
  return {
    client,
    clock,
    length: content.type === 'deleted' ? decoder.readLen() : lengthOf(content),
    origin,
    rightOrigin,
    content,
    deleted: content.type === 'deleted',
    home,
  }
}

function readContent(decoder: Y.UpdateDecoderV1, ref: number): Content {
  switch (ref) {
    case contentRef.letters:
      return { type: 'letters', text: decoder.readString() }
    case contentRef.embed:
      return { type: 'embed', value: decoder.readJSON() }
    case contentRef.any: {
      const values: unknown[] = []
      for (let left = decoder.readLen(); left > 0; left--) values.push(decoder.readAny())
      return { type: 'entries', values }
    }
    default:
      return gone
  }
}

function lengthOf(content: Content): number {
  if (content.type === 'letters') return content.text.length
  return content.type === 'entries' ? content.values.length : 1
}

/** In order and disjoint, as Yjs writes them; anything else would make it walk the same structs twice. */
function readDeletions(rest: Decoder): Deletion[] | null {
  const deletions: Deletion[] = []
  const ends = new Map<number, number>()
  for (let clients = readVarUint(rest); clients > 0; clients--) {
    const client = readVarUint(rest)
    let end = ends.get(client) ?? 0
    for (let left = readVarUint(rest); left > 0; left--) {
      const clock = readVarUint(rest)
      const length = readVarUint(rest)
      if (clock < end || length < 1 || clock + length > clockLimit) return null
      end = clock + length
      deletions.push({ client, clock, length })
    }
    ends.set(client, end)
  }
  return deletions
}

/** What the server has: the struct store of its Y.Doc, read only. */
export class Known {
  private readonly ydoc: Y.Doc
  /** The root types by themselves, read when something other than the sequence is asked for. */
  private roots: Map<unknown, string> | null = null

  constructor(ydoc: Y.Doc) {
    this.ydoc = ydoc
  }

  /** How many tokens of a client are known. */
  clock(client: number): number {
    return Y.getState(this.ydoc.store, client)
  }

  /** The struct that holds a known token. */
  at({ client, clock }: Id): Struct {
    return this.structOf(this.find(client, clock))
  }

  /** The structs that hold the known tokens of a client from `clock` to `end` (excluded). */
  *runs(client: number, clock: number, end: number): Generator<Struct> {
    if (clock >= Math.min(end, this.clock(client))) return
    const structs = this.ydoc.store.clients.get(client)!
    for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
      if (structs[i]!.id.clock >= end) return
      yield this.structOf(structs[i]!)
    }
  }

  /** Whether `right` is known to stand directly to the right of the known token `left`. */
  areNeighbours(left: Id, right: Id): boolean {
    const item = this.find(left.client, left.clock)
    if (left.clock + 1 < item.id.clock + item.length)
      return right.client === left.client && right.clock === left.clock + 1
    const next = item instanceof Y.Item ? item.right : null
    return next !== null && sameId(next.id, right)
  }

  /** The struct to the right of the one that holds a known token; null at the end. */
  rightOf({ client, clock }: Id): Struct | null {
    const item = this.find(client, clock)
    const right = item instanceof Y.Item ? item.right : null
    return right && this.structOf(right)
  }

  /** The root of the sequence: the marker of the number line. */
  get root(): Id | null {
    return this.ydoc.share.get(text)?._start?.id ?? null
  }

  /** The last token under a key of a root map, with its value; null where there is none. */
  lastUnder(root: string, key: string): { last: Id; value: unknown } | null {
    const item = this.ydoc.share.get(root)?._map.get(key)
    if (!item) return null
    const values = item.content instanceof Y.ContentAny ? item.content.arr : []
    return { last: item.lastId, value: values.at(-1) }
  }

  private find(client: number, clock: number): Y.Item | Y.GC {
    const structs = this.ydoc.store.clients.get(client)
    if (!structs || clock >= this.clock(client)) {
      throw new RangeError(`not a known token: ${client}:${clock}`)
    }
    return structs[Y.findIndexSS(structs, clock)]!
  }

  private structOf(raw: Y.Item | Y.GC): Struct {
    const { client, clock } = raw.id
    if (!(raw instanceof Y.Item)) {
      const [origin, rightOrigin, home] = [null, null, null]
      const { length } = raw
      return { client, clock, length, origin, rightOrigin, content: gone, deleted: true, home }
    }
    return {
      client,
      clock,
      length: raw.length,
      origin: raw.origin,
      rightOrigin: raw.rightOrigin,
      content: contentOf(raw),
      deleted: raw.deleted,
      home: this.homeOf(raw),
    }
  }

  private homeOf({ parent, parentSub }: Y.Item): Home | null {
    if (parentSub === null && parent === this.ydoc.share.get(text)) return inText
    this.roots ??= new Map(Array.from(this.ydoc.share, ([name, type]) => [type, name]))
    const root = this.roots.get(parent)
    return root === undefined ? null : { root, key: parentSub }
  }
}

function contentOf({ content }: Y.Item): Content {
  if (content instanceof Y.ContentString) return { type: 'letters', text: content.str }
  if (content instanceof Y.ContentEmbed) return { type: 'embed', value: content.embed }
  if (content instanceof Y.ContentAny) return { type: 'entries', values: content.arr }
  return gone
}
