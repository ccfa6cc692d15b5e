/** Word files taken into drafts, for tests. */
import * as Y from 'yjs'
import { importDocx } from '../src/docx/index.ts'
import type { Docx, ImportedDocx } from '../src/docx/index.ts'
import { Ledger, enterPerson, serverClient, writeBase } from '../src/ledger/index.ts'
import type { Numbering, Provision } from '../src/resolution/index.ts'
import { markedViews } from '../src/text/index.ts'
import type { MarkedViews } from '../src/text/index.ts'

export interface Taken extends ImportedDocx {
  readonly ledger: Ledger
  readonly views: MarkedViews
}

/** A draft on a base with a file taken into it, every signature its own delegation. */
export function taken(
  base: readonly Provision[],
  docx: Docx,
  unmarkedBy: string | null = 'X',
  numbering: Numbering = 'renumber',
): Taken {
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, 'test', base, numbering)
  const hands = new Map<string, { client: number; delegation: string; user: string }>()
  const handOf = (delegation: string) => {
    const hand = hands.get(delegation) ?? { client: 1001 + hands.size, delegation, user: 'u' }
    hands.set(delegation, hand)
    return hand
  }
  const codeOf = ({ author }: { author: string | null }) => author ?? '?'
  const result = importDocx(ydoc, base, docx, { index: 0, codeOf, unmarkedBy, handOf })
  if (!result) throw new Error('no text')
  ydoc.clientID = serverClient
  for (const { client, ...person } of hands.values()) enterPerson(ydoc, client, person)
  const ledger = new Ledger(ydoc)
  return { ...result, ledger, views: markedViews(ledger) }
}
