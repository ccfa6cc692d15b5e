/** The part of an update that the server has already: it must be what the server has. */
import { equalityDeep } from 'lib0/function'
import { endOf, originAt, sameId, slice } from './struct.ts'
import type { Content, Struct } from './struct.ts'
import type { RefusalCode } from './verdict.ts'
import type { Deletion, Known } from './yjs.ts'

/**
 * Compares the tokens of a struct before `end` with what is known of them, token by token, since
 * Yjs merges and splits structs as it goes. Where the struct has lost its content, `gone` takes its
 * tokens: whether they may be gone is for the rules of deletion.
 */
export function compareResent(
  struct: Struct,
  end: number,
  known: Known,
  gone: Deletion[],
): RefusalCode | null {
  for (const twin of known.runs(struct.client, struct.clock, end)) {
    const start = Math.max(struct.clock, twin.clock)
    const stop = Math.min(end, endOf(twin))
    if (!sameId(originAt(struct, start), originAt(twin, start))) return 'id-used-twice'
    if (!sameId(struct.rightOrigin, twin.rightOrigin)) return 'id-used-twice'
    if (struct.home && start === struct.clock) {
      const { root, key } = struct.home
      if (twin.home?.root !== root || twin.home.key !== key) return 'id-used-twice'
    }
    if (struct.content.type === 'deleted') {
      gone.push({ client: struct.client, clock: start, length: stop - start })
      continue
    }
    const sent = slice(struct.content, start - struct.clock, stop - struct.clock)
    const held = slice(twin.content, start - twin.clock, stop - twin.clock)
    if (!sameContent(sent, held)) return 'id-used-twice'
  }
  return null
}

/** The server may have dropped the content of an entry that a later one supersedes. */
function sameContent(sent: Content, held: Content): boolean {
  if (held.type === 'deleted') return sent.type === 'entries'
  return sent.type === held.type && equalityDeep(sent, held)
}
