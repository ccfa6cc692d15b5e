/** Word files taken into drafts, for tests. */
import * as Y from 'yjs'
import { importDocx } from '../src/docx/index.ts'
import type { Docx, DocxExport, ImportedDocx } from '../src/docx/index.ts'
import {
  Ledger,
  enterPerson,
  enterSignatures,
  serverClient,
  writeBase,
} from '../src/ledger/index.ts'
import type { Numbering, Provision } from '../src/resolution/index.ts'
import { markedViews } from '../src/text/index.ts'
import type { MarkedViews } from '../src/text/index.ts'

export interface Taken extends ImportedDocx {
  readonly ledger: Ledger
  readonly views: MarkedViews
}

interface TakingFacts {
  readonly numbering?: Numbering
  readonly delegations?: DocxExport['delegations']
  /** Which of the file's texts, from 0. */
  readonly index?: number
}

/** Hands for a draft in which nobody has written, one for each delegation that is asked for. */
export function newHands() {
  const hands = new Map<string, { client: number; delegation: string; user: string }>()
  const handOf = (delegation: string) => {
    const hand = hands.get(delegation) ?? { client: 1001 + hands.size, delegation, user: 'u' }
    hands.set(delegation, hand)
    return hand
  }
  return { hands, handOf }
}

/** A draft on a base with a file taken into it, every author a delegation: one of those named, or its own. */
export function taken(
  base: readonly Provision[],
  docx: Docx,
  unmarkedBy: string | null = 'X',
  { numbering = 'renumber', delegations = [], index = 0 }: TakingFacts = {},
): Taken {
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, 'test', base, numbering)
  const { hands, handOf } = newHands()
  const codeOf = ({ author }: { author: string | null }) =>
    delegations.find(({ name }) => name === author)?.code ?? author ?? '?'
  const result = importDocx(ydoc, base, docx, { index, codeOf, unmarkedBy, handOf })
  if (!result) throw new Error('no text')
  ydoc.clientID = serverClient
  for (const [client, by] of result.signatures) enterSignatures(ydoc, client, by)
  for (const { client, ...person } of hands.values()) enterPerson(ydoc, client, person)
  const ledger = new Ledger(ydoc)
  return { ...result, ledger, views: markedViews(ledger) }
}
