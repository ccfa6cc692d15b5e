/** What the gate costs beside what it guards: an update checked, then applied. */
import { checkUpdate } from '@revmark/shared/gate'
import * as Y from 'yjs'
import { RevmarkPeer } from './revmark-peer.ts'
import { edits, paragraphs } from './text.ts'

/** Milliseconds, one of each for every update. */
export interface GateTimes {
  readonly check: number[]
  readonly apply: number[]
}

/** `strokes` letters typed into a text with so many changes, as a server receives them. */
export function gateTimes(blocks: number, changes: number, strokes: number): GateTimes {
  const peer = new RevmarkPeer(paragraphs(blocks), edits(changes, blocks))
  const server = new Y.Doc({ gc: false })
  Y.applyUpdate(server, Y.encodeStateAsUpdate(peer.ydoc))
  const updates: Uint8Array[] = []
  peer.ydoc.on('update', (update: Uint8Array) => updates.push(update))
  for (let i = 0; i < strokes; i++) peer.type(blocks >> 1, i)
  const times: GateTimes = { check: [], apply: [] }
  for (const update of updates) pass(server, update, times)
  return times
}

/** So many edits made without a connection, as one update to a server, `rounds` times. */
export function offlineTimes(blocks: number, made: number, rounds: number): GateTimes {
  const { ydoc } = new RevmarkPeer(paragraphs(blocks), edits(made, blocks))
  const base = Y.encodeStateAsUpdate(new RevmarkPeer(paragraphs(blocks), []).ydoc)
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
  ...RevmarkPeer.author,
  owns: (client: number): boolean => client === RevmarkPeer.client,
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
