/** All four views of a draft from nothing, beside one view of suggested changes. */
import { applySuggestions } from '@handlewithcare/prosemirror-suggest-changes'
import { Ledger, views } from '@revmark/shared/ledger'
import * as Y from 'yjs'
import { RevmarkPeer, loadedDoc } from './revmark-peer.ts'
import { SuggestAlone, suggestedDoc } from './suggest-peer.ts'
import { head, median, row, sizes, title } from './table.ts'
import { edits, paragraphs } from './text.ts'

const rounds = 5

export function projections(): void {
  title('All four views from a freshly loaded draft, beside one applySuggestions; milliseconds')
  head(['blocks', 'changes', 'index', 'four views', 'applySuggestions', 'theirs / ours'])
  for (const [blocks, changes] of sizes) {
    const texts = paragraphs(blocks)
    const made = edits(changes, blocks)
    const state = Y.encodeStateAsUpdate(RevmarkPeer.of(texts, made).ydoc)
    const suggested = new SuggestAlone(suggestedDoc(texts, made))
    const [index, four, theirs]: [number[], number[], number[]] = [[], [], []]
    for (let round = 0; round < rounds; round++) {
      const ydoc = loadedDoc(state)
      const start = performance.now()
      const ledger = new Ledger(ydoc)
      const ready = performance.now()
      for (const view of views) ledger.project(view)
      index.push(ready - start)
      four.push(performance.now() - ready)
      // What takes minutes is not repeated.
      if (round > 0 && theirs[0]! > 2000) continue
      const before = performance.now()
      applySuggestions(suggested.state, (tr) => suggested.state.apply(tr))
      theirs.push(performance.now() - before)
    }
    const [i, f, t] = [median(index), median(four), median(theirs)]
    row([blocks, changes, i.toFixed(1), f.toFixed(1), t.toFixed(1), (t / (i + f)).toFixed(0)])
  }
}
