/** What the gate costs beside what it guards: a keystroke's update checked, then applied. */
import { checkUpdate } from '@revmark/shared/gate'
import * as Y from 'yjs'
import { RevmarkPeer } from './revmark-peer.ts'
import { edits, paragraphs } from './text.ts'

/** Milliseconds, one of each for every keystroke. */
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
  const sender = { ...RevmarkPeer.author, owns: (client: number) => client === peer.ydoc.clientID }
  const times: GateTimes = { check: [], apply: [] }
  for (const update of updates) {
    const start = performance.now()
    const verdict = checkUpdate(server, update, sender)
    const between = performance.now()
    Y.applyUpdate(server, update)
    times.check.push(between - start)
    times.apply.push(performance.now() - between)
    if (!verdict.ok) throw new Error(`an honest keystroke was refused: ${verdict.message}`)
  }
  return times
}
