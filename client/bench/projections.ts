/**
 * All four views of a draft from nothing, beside one view of suggested changes. Each size runs in a
 * thread of its own, so that its first round has code that nothing has run before, on both sides.
 */
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import { applySuggestions } from '@handlewithcare/prosemirror-suggest-changes'
import { Ledger, views } from '@revmark/shared/ledger'
import * as Y from 'yjs'
import { RevmarkPeer, loadedDoc } from './revmark-peer.ts'
import { SuggestAlone, suggestedDoc } from './suggest-peer.ts'
import { head, median, row, sizes, title } from './table.ts'
import { edits, paragraphs } from './text.ts'

/** The first is told by itself, of the others the median. */
const rounds = 8

/** What a thread measures: the draft is made elsewhere, which runs the same code. */
interface Task {
  readonly blocks: number
  readonly changes: number
  readonly state: Uint8Array
}

/** Milliseconds, one of each for every round. */
interface Times {
  readonly index: number[]
  readonly four: number[]
  readonly theirs: number[]
}

export async function projections(): Promise<void> {
  title('All four views from a freshly loaded draft, beside one applySuggestions; milliseconds')
  const columns = ['index', 'four views', 'applySuggestions', 'theirs / ours']
  head(['blocks', 'changes', ...columns, ...columns.map((column) => `${column}, cold code`)])
  for (const [blocks, changes] of sizes) {
    const { index, four, theirs } = await measured(blocks, changes)
    const cells = (of: (times: readonly number[]) => number): string[] => {
      const [i, f, t] = [of(index), of(four), of(theirs)]
      return [...[i, f, t].map((time) => time.toFixed(1)), (t / (i + f)).toFixed(1)]
    }
    row([
      blocks,
      changes,
      ...cells((times) => median(times.slice(1))),
      ...cells((times) => times[0]!),
    ])
  }
}

function measured(blocks: number, changes: number): Promise<Times> {
  const texts = paragraphs(blocks)
  const state = Y.encodeStateAsUpdate(RevmarkPeer.of(texts, edits(changes, blocks)).ydoc)
  const task: Task = { blocks, changes, state }
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: task })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

function measure({ blocks, changes, state }: Task): Times {
  const suggested = new SuggestAlone(suggestedDoc(paragraphs(blocks), edits(changes, blocks)))
  const times: Times = { index: [], four: [], theirs: [] }
  for (let round = 0; round < rounds; round++) {
    const ydoc = loadedDoc(state)
    const start = performance.now()
    const ledger = new Ledger(ydoc)
    const ready = performance.now()
    for (const view of views) ledger.project(view)
    const done = performance.now()
    applySuggestions(suggested.state, (tr) => suggested.state.apply(tr))
    times.index.push(ready - start)
    times.four.push(done - ready)
    times.theirs.push(performance.now() - done)
  }
  return times
}

if (!isMainThread) parentPort?.postMessage(measure(workerData as Task))
