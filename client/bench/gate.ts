/** What the gate costs beside what it guards: an update checked, then applied. */
import { checkUpdate } from '@revmark/shared/gate'
import * as Y from 'yjs'
import { type } from './peer.ts'
import { RevmarkPeer, baseOf } from './revmark-peer.ts'
import { head, median, ratio, row, sizes, title } from './table.ts'
import { edits, paragraphs } from './text.ts'

/** Milliseconds, one of each for every update. */
interface GateTimes {
  readonly check: number[]
  readonly apply: number[]
}

/** `strokes` letters typed into a text with so many changes, as a server receives them. */
function gateTimes(blocks: number, changes: number, strokes: number): GateTimes {
  const peer = RevmarkPeer.of(paragraphs(blocks), edits(changes, blocks))
  const server = new Y.Doc({ gc: false })
  Y.applyUpdate(server, Y.encodeStateAsUpdate(peer.ydoc))
  const updates: Uint8Array[] = []
  peer.ydoc.on('update', (update: Uint8Array) => updates.push(update))
  for (let i = 0; i < strokes; i++) type(peer, blocks >> 1, i)
  const times: GateTimes = { check: [], apply: [] }
  for (const update of updates) pass(server, update, times)
  return times
}

/** So many edits made without a connection, as one update to a server, `rounds` times. */
function offlineTimes(blocks: number, made: number, rounds: number): GateTimes {
  const { ydoc } = RevmarkPeer.of(paragraphs(blocks), edits(made, blocks))
  const base = Y.encodeStateAsUpdate(baseOf(paragraphs(blocks)))
  const update = Y.encodeStateAsUpdate(ydoc, Y.encodeStateVectorFromUpdate(base))
  const times: GateTimes = { check: [], apply: [] }
  for (let round = 0; round < rounds; round++) {
    const server = new Y.Doc({ gc: false })
    Y.applyUpdate(server, base)
    pass(server, update, times)
  }
  return times
}

const sender = {
  ...RevmarkPeer.hand,
  owns: (client: number): boolean => client === RevmarkPeer.hand.client,
}

function pass(server: Y.Doc, update: Uint8Array, { check, apply }: GateTimes): void {
  const start = performance.now()
  const verdict = checkUpdate(server, update, sender)
  const between = performance.now()
  Y.applyUpdate(server, update)
  check.push(between - start)
  apply.push(performance.now() - between)
  if (!verdict.ok) throw new Error(`an honest update was refused: ${verdict.message}`)
}

export function gate(): void {
  // A server has been running for a while.
  gateTimes(300, 0, 5000)
  title('The gate, for the update of a keystroke, beside applying it; median milliseconds')
  head(['blocks', 'changes', 'check', 'apply', 'ratio'])
  for (const [blocks, changes] of sizes) line([blocks, changes], gateTimes(blocks, changes, 600), 4)
  title('The gate, for all edits of a day offline in one update; median milliseconds')
  head(['blocks', 'edits', 'check', 'apply', 'ratio'])
  for (const made of [1000, 2000, 4000, 8000]) line([300, made], offlineTimes(300, made, 15), 1)
}

function line(what: readonly number[], times: GateTimes, digits: number): void {
  const [check, apply] = [median(times.check), median(times.apply)]
  row([...what, check.toFixed(digits), apply.toFixed(digits), ratio(check, apply)])
}
