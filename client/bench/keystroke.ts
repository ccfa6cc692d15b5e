/** A keystroke, one's own and another's, from dispatch or update to the new state. */
import * as Y from 'yjs'
import { type } from './peer.ts'
import type { Peer } from './peer.ts'
import { RevmarkPeer } from './revmark-peer.ts'
import { PlainPeer, SuggestAlone, SuggestPeer, plainDoc, suggestedDoc } from './suggest-peer.ts'
import { head, median, ratio, row, sizes, title } from './table.ts'
import { edits, paragraphs } from './text.ts'

const strokes = 200
const rounds = 3

interface Shared extends Peer {
  readonly ydoc: Y.Doc
  receive(update: Uint8Array): void
}

/** Milliseconds of each of many letters typed, as the editor takes them. */
function typed(peer: Peer, blocks: number, ydoc: Y.Doc | null): number[] {
  let bytes = 0
  ydoc?.on('update', (update: Uint8Array) => (bytes += update.length))
  return Array.from({ length: strokes }, (_, i) => {
    const before = bytes
    const start = performance.now()
    type(peer, blocks >> 1, i)
    const time = performance.now() - start
    if (ydoc && bytes === before) throw new Error('a keystroke without an update')
    return time
  })
}

/** Milliseconds of each of the letters that somebody else types. */
function received(writer: Shared, reader: Shared, blocks: number): number[] {
  const updates: Uint8Array[] = []
  writer.ydoc.on('update', (update: Uint8Array) => updates.push(update))
  return Array.from({ length: strokes }, (_, i) => {
    type(writer, blocks >> 1, i)
    const before = reader.state.doc
    const start = performance.now()
    for (const update of updates.splice(0)) reader.receive(update)
    const time = performance.now() - start
    if (reader.state.doc === before) throw new Error('a keystroke that nobody sees')
    return time
  })
}

/** Peers in turn, so that a slow moment of the machine meets all of them. */
function inTurn<Name extends string>(
  measure: Readonly<Record<Name, () => number[]>>,
): Record<Name, number> {
  const names = Object.keys(measure) as Name[]
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
    Name,
    number[]
  >
  for (let round = 0; round < rounds; round++)
    for (const name of names) times[name].push(median(measure[name]()))
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<
    Name,
    number
  >
}

/** The drafts of one size, as each editor stores them. */
function draftsOf(blocks: number, changes: number) {
  const texts = paragraphs(blocks)
  const made = edits(changes, blocks)
  const suggested = suggestedDoc(texts, made)
  return {
    plain: plainDoc(texts, made),
    suggested,
    ours: Y.encodeStateAsUpdate(RevmarkPeer.of(texts, made).ydoc),
    theirs: Y.encodeStateAsUpdate(SuggestPeer.of(suggested).ydoc),
  }
}

const other = { client: 6000, delegation: 'CAN', user: 'canada' }

export function keystrokes(): void {
  const local: (string | number)[][] = []
  const remote: (string | number)[][] = []
  const first = new Map<number, { local: number; remote: number }>()
  for (const [blocks, changes] of sizes) {
    const drafts = draftsOf(blocks, changes)
    const own = inTurn({
      ours: () => {
        const peer = RevmarkPeer.loaded(drafts.ours, other)
        return typed(peer, blocks, peer.ydoc)
      },
      shared: () => {
        const peer = SuggestPeer.loaded(drafts.theirs)
        return typed(peer, blocks, peer.ydoc)
      },
      alone: () => typed(new SuggestAlone(drafts.suggested), blocks, null),
      plain: () => typed(new PlainPeer(drafts.plain), blocks, null),
    })
    const foreign = inTurn({
      ours: () =>
        received(
          RevmarkPeer.loaded(drafts.ours, other),
          RevmarkPeer.loaded(drafts.ours, RevmarkPeer.hand),
          blocks,
        ),
      shared: () =>
        received(SuggestPeer.loaded(drafts.theirs), SuggestPeer.loaded(drafts.theirs), blocks),
    })
    const least = first.get(changes) ?? { local: own.ours, remote: foreign.ours }
    first.set(changes, least)
    local.push([
      blocks,
      changes,
      own.ours.toFixed(3),
      own.shared.toFixed(3),
      own.alone.toFixed(3),
      own.plain.toFixed(3),
      ratio(own.ours, own.shared),
      (own.ours / least.local).toFixed(1),
    ])
    remote.push([
      blocks,
      changes,
      foreign.ours.toFixed(3),
      foreign.shared.toFixed(3),
      ratio(foreign.ours, foreign.shared),
      (foreign.ours / least.remote).toFixed(1),
    ])
  }
  title('A keystroke: median milliseconds from dispatch to the new state and the encoded update')
  head([
    'blocks',
    'changes',
    'Revmark',
    'suggest-changes + y-prosemirror',
    'suggest-changes alone',
    'ProseMirror alone',
    'ratio',
    'growth from 300 blocks',
  ])
  for (const cells of local) row(cells)
  title("Another's keystroke: median milliseconds from its update to the new state")
  head([
    'blocks',
    'changes',
    'Revmark',
    'suggest-changes + y-prosemirror',
    'ratio',
    'growth from 300 blocks',
  ])
  for (const cells of remote) row(cells)
}
