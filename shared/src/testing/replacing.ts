/** The law of replacing: what is written over a selection stands after it, and right after it. */
import * as Y from 'yjs'
import { isLive } from '../ledger/index.ts'
import type { Id, Ledger, View } from '../ledger/index.ts'
import type { Deed } from './deed.ts'
import { placeAt } from './meeting.ts'
import type { Delegate } from './meeting.ts'

/** Lets a delegate replace, by `act`, and complains where the words then stand elsewhere. */
export function* replaced(
  { ledger, client, ydoc }: Delegate,
  { from, to, text }: Extract<Deed, { does: 'replace' }>,
  view: View,
  act: () => void,
): Generator<string> {
  const { paragraphs } = ledger.project(view)
  // The text and each footnote are apart: what reaches across is cut off.
  const isAcross = paragraphs[from.paragraph]!.marker.n !== paragraphs[to.paragraph]!.marker.n
  const end = placeAt(ledger.project(view), to.paragraph, to.offset).after
  const clock = Y.getState(ydoc.store, client)
  act()
  const isSelection = from.paragraph !== to.paragraph || from.offset !== to.offset
  if (!isSelection || isAcross || text.startsWith('\n')) return
  const order = tokensOf(ledger)
  const first = order.findIndex((token) => token.client === client && token.clock >= clock)
  const last = order.findIndex((token) => token.client === end.client && token.clock === end.clock)
  // Own words that were not decided are withdrawn, and gone: nothing is seen to be replaced.
  if (order[last]!.gone) return
  if (first < last) yield `W5: ${text} stands before what it replaces`
  const between = order.slice(last + 1, first).filter(({ live }) => live)
  if (between.length > 0) yield `W5: ${between.length} letters stand before ${text}`
}

interface Token extends Id {
  readonly live: boolean
  readonly gone: boolean
}

/** All letters and markers in the order of the sequence. */
const tokensOf = (ledger: Ledger): Token[] =>
  [...ledger.freshBlocks(), ...ledger.freshNotes()].flatMap(({ client, clock, runs }) => [
    { client, clock, live: false, gone: true },
    ...runs
      .filter(({ type }) => type === 'text')
      .flatMap((run) =>
        Array.from({ length: run.length }, (_, i) => ({
          client: run.client,
          clock: run.clock + i,
          // What stands in brackets to be deleted has its alternatives beside it.
          live: isLive(run.aspects.state) && run.aspects.state.del !== 'bracketed',
          gone: run.aspects.state.ins === 'withdrawn',
        })),
      ),
  ])
