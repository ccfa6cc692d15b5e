import { Ledger, provisionsOf, writeBase } from '@revmark/shared/ledger'
import { fingerprint } from '@revmark/shared/resolution'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { loadCorpus } from '../src/index.ts'

test.each(loadCorpus().editions)('$id comes out of a draft as it went in', (edition) => {
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, edition.id, edition.provisions)
  const ledger = new Ledger(ydoc)
  for (const view of ['base', 'marked', 'clean', 'accepted'] as const) {
    expect(fingerprint(provisionsOf(ledger.project(view)))).toBe(edition.hash)
  }
})
