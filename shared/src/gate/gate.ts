/** The gate in front of a draft: what an update may contain. The rules G1 to G32 of SPEC.md. */
import type * as Y from 'yjs'
import { firstIssuedClient } from '../ledger/id.ts'
import { causalOrder } from './causality.ts'
import { judgeCovering } from './covering.ts'
import { judgeDeletion } from './deletions.ts'
import { Ledger } from './ledger.ts'
import { Order } from './order.ts'
import { compareResent } from './resent.ts'
import { judgeOrigin, judgeSequence } from './sequence.ts'
import { endOf, from, text } from './struct.ts'
import type { Struct } from './struct.ts'
import { Tokens } from './tokens.ts'
import { refused } from './verdict.ts'
import type { RefusalCode, Sender, Verdict } from './verdict.ts'
import { decode, Known } from './yjs.ts'
import type { Decoded, Deletion } from './yjs.ts'

/** The largest update that is read at all, in bytes. A longer offline session is sent in frames. */
export const mostBytes = 2 * 1024 * 1024

const serversRoots: readonly string[] = ['people', 'base', 'decisions', 'signed']

/**
 * Decides whether an update (Yjs encoding 1) may be applied to a draft, from the update itself and
 * from who owns which client id. All or nothing: after an ok, applying it leaves the text in force
 * as it was and nothing waiting. Never throws, whatever the bytes, and changes nothing.
 */
export function checkUpdate(ydoc: Y.Doc, update: Uint8Array, sender: Sender): Verdict {
  if (update.length > mostBytes) return refused('too-big')
  const decoded = decode(update)
  if (typeof decoded === 'string') return refused(decoded)
  const known = new Known(ydoc)
  const sifted = sift(decoded, known, sender)
  if (typeof sifted === 'string') return refused(sifted)
  const code = judge(sifted, known, sender)
  if (code) return refused(code)
  const clients = [...sifted.fresh.keys()].toSorted((a, b) => a - b)
  return { ok: true, clients, empty: clients.length === 0 }
}

/** An update without what the server has already. */
interface Sifted {
  readonly fresh: ReadonlyMap<number, readonly Struct[]>
  readonly deletions: readonly Deletion[]
}

/** Takes the known part away, if it is what is known, and the rest, if it is the sender's. */
function sift({ structs, deletions }: Decoded, known: Known, sender: Sender): Sifted | RefusalCode {
  const fresh = new Map<number, readonly Struct[]>()
  const all: Deletion[] = [...deletions]
  for (const [client, list] of structs) {
    const clock = known.clock(client)
    const isNew = endOf(list.at(-1)!) > clock
    if (isNew && (client < firstIssuedClient || !sender.owns(client))) return 'foreign-client'
    if (list[0]!.clock > clock) return 'gap'
    for (const struct of list) {
      if (struct.clock >= clock) break
      const code = compareResent(struct, Math.min(clock, endOf(struct)), known, all)
      if (code) return code
    }
    if (!isNew) continue
    fresh.set(client, list[0]!.clock === clock ? list : beyond(list, clock))
  }
  return { fresh, deletions: all }
}

/** The part of a client's structs from a clock on. */
function beyond(list: readonly Struct[], clock: number): Struct[] {
  const rest = list.filter((struct) => endOf(struct) > clock)
  return [from(rest[0]!, clock), ...rest.slice(1)]
}

function judge({ fresh, deletions }: Sifted, known: Known, sender: Sender): RefusalCode | null {
  const tokens = new Tokens(known, fresh)
  const ledger = new Ledger(tokens, sender)
  const order = new Order(tokens)
  const structs = causalOrder(tokens)
  if (!structs) return 'unknown-origin'
  for (const struct of structs) {
    const code = judgeStruct(struct, tokens, ledger, order)
    if (code) return code
  }
  for (const struct of structs) {
    const code = judgeOrigin(struct, tokens)
    if (code) return code
  }
  for (const written of ledger.written) {
    const code = judgeCovering(written, tokens)
    if (code) return code
  }
  for (const deletion of [...deletions, ...ledger.superseded]) {
    const code = judgeDeletion(deletion, tokens, ledger)
    if (code) return code
  }
  return ledger.judgeKeeps()
}

/** A struct stands where its origin stands; only one without origins says itself where. */
function judgeStruct(
  struct: Struct,
  tokens: Tokens,
  ledger: Ledger,
  order: Order,
): RefusalCode | null {
  const neighbour = struct.origin ?? struct.rightOrigin
  if (neighbour) struct.home = tokens.at(neighbour)?.home ?? null
  if (!struct.home) return 'unknown-root'
  const { root, key } = struct.home
  if (root === text)
    return key === null ? judgeSequence(struct, tokens, order) : 'forbidden-content'
  if (root === ledger.name) return key === null ? 'bad-key' : ledger.judge(struct, key)
  if (root.startsWith('d:')) return 'foreign-ledger'
  return serversRoots.includes(root) ? 'server-only' : 'unknown-root'
}
