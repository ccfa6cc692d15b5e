/** What people compare texts with today, and ours, behind one interface. */
import { exportDocx } from '@revmark/shared/docx'
import { redline } from '@revmark/shared/compare'
import { Ledger, writeBase } from '@revmark/shared/ledger'
import type { Provision } from '@revmark/shared/resolution'
import { diffWords } from 'diff'
import * as docxodus from 'docxodus/core'
import * as Y from 'yjs'
import { lettersIn, shownIn } from './letters.ts'
import type { Shown } from './letters.ts'

export interface Peer {
  readonly name: string
  readonly compare: (base: readonly Provision[], target: readonly Provision[]) => Promise<Shown>
}

const lines = (provisions: readonly Provision[]): string =>
  provisions.map(({ text }) => `${text}\n`).join('')

const hand = { client: 4711, delegation: 'X', user: 'x' }

/** The draft that our comparison writes. */
export function draft(base: readonly Provision[], target: readonly Provision[]): Ledger {
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, 'bench', base)
  redline(ydoc, base, target, hand)
  return new Ledger(ydoc, hand)
}

export const ours: Peer = {
  name: 'Revmark',
  compare: (base, target) => {
    const ledger = draft(base, target)
    const changes = ledger.changes()
    const letters = changes.reduce(
      (sum, { inserted, deleted }) => sum + lettersIn(inserted) + lettersIn(deleted),
      0,
    )
    ledger.destroy()
    return Promise.resolve({ changes: changes.length, letters })
  },
}

export const jsdiff: Peer = {
  name: 'jsdiff, words',
  compare: (base, target) => Promise.resolve(shownIn(diffWords(lines(base), lines(target)))),
}

function toDocx(provisions: readonly Provision[]): Uint8Array {
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, 'bench', provisions)
  const ledger = new Ledger(ydoc)
  const text = ledger.project('base')
  ledger.destroy()
  return exportDocx({ text, title: 'bench', language: 'en', delegations: [], at: 0 })
}

export const docxodusPeer: Peer = {
  name: 'docxodus',
  compare: async (base, target) => {
    const marked = await docxodus.compareDocuments(toDocx(base), toDocx(target))
    const revisions = await docxodus.getRevisions(marked)
    const texts = revisions.filter(({ text }) => lettersIn(text) > 0)
    return {
      changes: texts.length,
      letters: texts.reduce((sum, { text }) => sum + lettersIn(text), 0),
    }
  },
}

export const startDocxodus = (): Promise<void> => docxodus.initialize()
