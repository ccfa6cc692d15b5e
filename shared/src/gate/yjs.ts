/**
 * The one module of the gate that knows Yjs's insides: how an update decodes and how the struct
 * store is read. `test/gate-yjs.test.ts` states what it relies on and fails where Yjs changes.
 */
import { createDecoder, readVarUint } from 'lib0/decoding'
import type { Decoder } from 'lib0/decoding'
import * as Y from 'yjs'
import type { Id } from '../ledger/id.ts'
import { inText, text } from './struct.ts'
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

/** Entries name clocks in 32 bits, so no token may stand beyond. */
const clockLimit = 2 ** 32

const contentRef = { deleted: 1, letters: 4, embed: 5, any: 8, skip: 10 } as const
const allowedRefs: ReadonlySet<number> = new Set([
  contentRef.deleted,
  contentRef.letters,
  contentRef.embed,
  contentRef.any,
])

class Forbidden extends Error {
  readonly code: RefusalCode

  constructor(code: RefusalCode) {
    super(code)
    this.code = code
  }
}

/** Stops at the first struct of a forbidden kind, before Yjs builds types or documents from it. */
class GateDecoder extends Y.UpdateDecoderV1 {
  override readInfo(): number {
    const info = super.readInfo()
    const ref = info & 31
    if (allowedRefs.has(ref)) return info
    throw new Forbidden(ref === contentRef.skip ? 'gap' : 'forbidden-content')
  }
}

/** Reads an update to its last byte, or says why not. Never throws; touches no document. */
export function decode(update: Uint8Array): Decoded | RefusalCode {
  try {
    const opened: GateDecoder[] = []
    const open = function (bytes: Decoder) {
      const decoder = new GateDecoder(bytes)
      opened.push(decoder)
      return decoder
    }
    const { structs, ds } = Y.decodeUpdateV2(update, open as unknown as typeof GateDecoder)
    if (opened[0]!.restDecoder.pos !== update.length) return 'malformed'
    const byClient = new Map<number, Struct[]>()
    for (const raw of structs) {
      const struct = structOf(raw)
      if (struct.length < 1 || struct.clock + struct.length > clockLimit) return 'malformed'
      const list = byClient.get(struct.client)
      if (list) list.push(struct)
      else byClient.set(struct.client, [struct])
    }
    // Of two sections of one client Yjs drops the first, which `decodeUpdate` does not show.
    if (readVarUint(createDecoder(update)) !== byClient.size) return 'malformed'
    const deletions = deletionsOf(ds.clients)
    return deletions ? { structs: byClient, deletions } : 'malformed'
  } catch (error) {
    return error instanceof Forbidden ? error.code : 'malformed'
  }
}

function structOf(raw: Y.AbstractStruct): Struct {
  if (!(raw instanceof Y.Item)) throw new Forbidden('forbidden-content')
  // While it is decoded, a root type is its name and a nested type an id.
  const parent = raw.parent as string | Y.ID | null
  if (parent !== null && typeof parent !== 'string') throw new Forbidden('forbidden-content')
  return {
    client: raw.id.client,
    clock: raw.id.clock,
    length: raw.length,
    origin: raw.origin,
    rightOrigin: raw.rightOrigin,
    content: contentOf(raw),
    deleted: raw.content instanceof Y.ContentDeleted,
    home: parent === null ? null : { root: parent, key: raw.parentSub },
  }
}

function contentOf({ content }: Y.Item): Content {
  if (content instanceof Y.ContentString) return { type: 'letters', text: content.str }
  if (content instanceof Y.ContentEmbed) return { type: 'embed', value: content.embed }
  if (content instanceof Y.ContentAny) return { type: 'entries', values: content.arr }
  return { type: 'deleted' }
}

/** In order and disjoint, as Yjs writes them; anything else would make it walk the same structs twice. */
function deletionsOf(clients: ReadonlyMap<number, readonly { clock: number; len: number }[]>) {
  const deletions: Deletion[] = []
  for (const [client, items] of clients) {
    let end = 0
    for (const { clock, len } of items) {
      if (clock < end || len < 1 || clock + len > clockLimit) return null
      end = clock + len
      deletions.push({ client, clock, length: len })
    }
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
      const content = { type: 'deleted' } as const
      const { length } = raw
      return {
        client,
        clock,
        length,
        origin: null,
        rightOrigin: null,
        content,
        deleted: true,
        home: null,
      }
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
