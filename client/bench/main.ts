/**
 * `pnpm bench`: a keystroke in a text full of changes, ours against what one would take instead, in
 * one run on the same text with the same edits. Prints medians and ratios.
 */
import { gateTimes, offlineTimes } from './gate.ts'
import type { GateTimes } from './gate.ts'
import { RevmarkPeer } from './revmark-peer.ts'
import { SuggestPeer } from './suggest-peer.ts'
import { edits, paragraphs } from './text.ts'

interface Peer {
  readonly ydoc: { on(event: 'update', listener: (update: Uint8Array) => void): void }
  type(paragraph: number, typed: number): void
}

const strokes = 200

/** Milliseconds of one keystroke, from dispatch to the new state and the encoded update. */
function keystrokes(peer: Peer, blocks: number): number[] {
  let bytes = 0
  peer.ydoc.on('update', (update) => (bytes += update.length))
  const times: number[] = []
  for (let i = 0; i < strokes; i++) {
    const before = bytes
    const start = performance.now()
    peer.type(blocks >> 1, i)
    times.push(performance.now() - start)
    if (bytes === before) throw new Error('a keystroke without an update')
  }
  return times
}

const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[times.length >> 1]!

const peers = {
  ours: RevmarkPeer,
  theirs: SuggestPeer,
}

/** Peers in turn, three times each, so that a slow moment of the machine meets both. */
function measure(blocks: number, changes: number): { ours: number; theirs: number } {
  const times = { ours: [] as number[], theirs: [] as number[] }
  const texts = paragraphs(blocks)
  const made = edits(changes, blocks)
  for (let round = 0; round < 3; round++) {
    for (const name of ['ours', 'theirs'] as const) {
      const peer: Peer = new peers[name](texts, made)
      times[name].push(median(keystrokes(peer, blocks)))
    }
  }
  return { ours: median(times.ours), theirs: median(times.theirs) }
}

const rows: [blocks: number, changes: number][] = [
  [300, 0],
  [300, 1000],
  [300, 10_000],
  [3000, 10_000],
]

const out = process.stdout
out.write('A keystroke: median milliseconds from dispatch to state and encoded update\n\n')
out.write('| blocks | changes | Revmark | suggest-changes + y-prosemirror | ratio |\n')
out.write('|---:|---:|---:|---:|---:|\n')
for (const [blocks, changes] of rows) {
  const { ours, theirs } = measure(blocks, changes)
  const cells = [blocks, changes, ours.toFixed(3), theirs.toFixed(3), (ours / theirs).toFixed(2)]
  out.write(`| ${cells.join(' | ')} |\n`)
}

// A server has been running for a while.
gateTimes(300, 0, 5000)
out.write('\nThe gate, for the update of a keystroke, beside applying it; median milliseconds\n\n')
out.write('| blocks | changes | check | apply | ratio |\n')
out.write('|---:|---:|---:|---:|---:|\n')
for (const [blocks, changes] of rows) {
  writeGate([blocks, changes], gateTimes(blocks, changes, strokes * 3), 4)
}

out.write('\nThe gate, for all edits of a day offline in one update; median milliseconds\n\n')
out.write('| blocks | edits | check | apply | ratio |\n')
out.write('|---:|---:|---:|---:|---:|\n')
for (const made of [1000, 2000, 4000, 8000]) writeGate([300, made], offlineTimes(300, made, 15), 1)

function writeGate(what: readonly number[], times: GateTimes, digits: number): void {
  const [check, apply] = [median(times.check), median(times.apply)]
  const figures = [check.toFixed(digits), apply.toFixed(digits), (check / apply).toFixed(2)]
  out.write(`| ${[...what, ...figures].join(' | ')} |\n`)
}
