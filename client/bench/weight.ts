/** What a change weighs: bytes of the state, bytes of the log, memory of a browser. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import * as Y from 'yjs'
import { RevmarkPeer } from './revmark-peer.ts'
import { SuggestPeer, suggestedDoc } from './suggest-peer.ts'
import { head, row, title } from './table.ts'
import { edits, paragraphs } from './text.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes that something keeps alive. */
function held(make: () => unknown): number {
  collect()
  const before = process.memoryUsage().heapUsed
  const kept = make()
  collect()
  const bytes = process.memoryUsage().heapUsed - before
  if (kept === null) throw new RangeError('nothing to weigh')
  return bytes
}

const blocks = 300
const amounts = [1000, 2000, 5000, 10_000, 20_000]

export function weight(): void {
  const texts = paragraphs(blocks)
  const weigh = (changes: number) => {
    const made = edits(changes, blocks)
    const base = RevmarkPeer.of(texts, [])
    const peer = base
    let log = 0
    peer.ydoc.on('update', (update: Uint8Array) => (log += update.length))
    for (const edit of made) peer.edit(edit)
    const ours = Y.encodeStateAsUpdate(peer.ydoc)
    const theirs = Y.encodeStateAsUpdate(SuggestPeer.of(suggestedDoc(texts, made)).ydoc)
    return {
      log,
      state: ours.length,
      memory: held(() => RevmarkPeer.loaded(ours, RevmarkPeer.hand)),
      theirState: theirs.length,
      theirMemory: held(() => SuggestPeer.loaded(theirs)),
    }
  }
  const none = weigh(0)
  title('Bytes for each change: 300 blocks, an editor without a screen loaded from the state')
  head([
    'changes',
    'log',
    'state',
    'memory',
    'state, suggest-changes + y-prosemirror',
    'memory, suggest-changes + y-prosemirror',
  ])
  for (const changes of amounts) {
    const some = weigh(changes)
    const each = (of: keyof typeof none): string => ((some[of] - none[of]) / changes).toFixed(0)
    row([
      changes,
      each('log'),
      each('state'),
      each('memory'),
      each('theirState'),
      each('theirMemory'),
    ])
  }
}
