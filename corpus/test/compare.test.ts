import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { align, redline } from '@revmark/shared/compare'
import { checkUpdate } from '@revmark/shared/gate'
import { Ledger, enterPerson, provisionsOf, serverClient, writeBase } from '@revmark/shared/ledger'
import { fingerprint } from '@revmark/shared/resolution'
import type { Edition, Provision } from '@revmark/shared/resolution'
import { criticMarkup, markedViews } from '@revmark/shared/text'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { onAligned } from '../bench/letters.ts'
import { loadCorpus } from '../src/index.ts'

const corpus = loadCorpus()
const hand = { client: 4711, delegation: 'X', user: 'x' }

const pairs = corpus.editions.flatMap((base) =>
  corpus.editions
    .filter((target) => target !== base)
    .map((target) => [base.id, target.id, base, target] as const),
)

/** The comparison as the server takes it: an update of one delegation's on a base of its own. */
function compared(base: Edition, target: Edition) {
  const server = new Y.Doc({ gc: false })
  writeBase(server, base.id, base.provisions)
  const own = new Y.Doc({ gc: false })
  Y.applyUpdate(own, Y.encodeStateAsUpdate(server))
  redline(own, base.provisions, target.provisions, hand)
  const update = Y.encodeStateAsUpdate(own, Y.encodeStateVector(server))
  const { user, delegation } = hand
  const owns = (client: number) => client === hand.client
  const verdict = checkUpdate(server, update, { user, delegation, owns })
  Y.applyUpdate(server, update)
  server.clientID = serverClient
  enterPerson(server, hand.client, hand)
  return { verdict, ledger: new Ledger(server) }
}

/**
 * Without what a comparison leaves to the base and to the draft: typography, character formats, a
 * footnote's label, the style of a new nested list.
 */
const plain = ({ kind, level, label, text }: Provision): Provision => ({
  kind,
  level,
  label: kind === 'footnote' || level > 1 ? null : label,
  text: text
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/[\u2010\u2011]/gu, '-')
    .replace(/[\u2018\u2019]/gu, "'")
    .replace(/[\u201c\u201d]/gu, '"'),
  formats: [],
})

describe.each(pairs)('%s compared with %s', (_, __, base, target) => {
  const { verdict, ledger } = compared(base, target)

  test('is the one in base and the other in clean', () => {
    expect(fingerprint(provisionsOf(ledger.project('base')))).toBe(base.hash)
    expect(provisionsOf(ledger.project('clean')).map(plain)).toEqual(target.provisions.map(plain))
    expect(ledger.project('clean').paragraphs.some(({ leftBehind }) => leftBehind)).toBe(false)
  })

  test('passes the gate', () => {
    expect(verdict).toMatchObject({ ok: true })
  })

  test('marks at most 1.15 times the letters of a word diff on aligned paragraphs', () => {
    const { marked, least } = onAligned(base.provisions, target.provisions)
    expect(marked).toBeLessThanOrEqual(1.15 * least)
  })
})

test('what Dubai moved from a second recalling to recognizing is named', () => {
  const [doha, dubai] = ['res45-doha-2006', 'res45-dubai-2014'].map(
    (id) => corpus.find(id)!.provisions,
  )
  const moved = align(doha!, dubai!).moves.map(({ base, target }) => [
    doha![base]!.text.slice(0, 30),
    dubai![target]!.text.slice(0, 30),
  ])
  expect(moved).toEqual([
    ['desire and commitment of all c', 'the desire and commitment of a'],
    ['that the Tunis Summit represen', 'that the Tunis phase of WSIS r'],
    ['the provisions of §§ 4, 5 and ', 'the provisions of §§ 4, 5 and '],
  ])
})

describe('the examples of the documentation', () => {
  const readme = join(import.meta.dirname, '../../shared/src/compare/README.md')
  const sections = readFileSync(readme, 'utf8').split(/^### /m).slice(1)

  test.each(sections.map((section) => [section.split('\n', 1)[0]!, section]))(
    '%s',
    (name, section) => {
      const [base, target] = name.startsWith('Doha')
        ? ['res45-doha-2006', 'res45-dubai-2014']
        : ['res45-dubai-2014', 'res45-kigali-2022']
      const { ledger } = compared(corpus.find(base)!, corpus.find(target)!)
      const lines = criticMarkup(markedViews(ledger)).split('\n')
      const examples = [...section.matchAll(/```\n(.+)\n```/g)].map(([, line]) => line)
      expect(examples.length).toBeGreaterThanOrEqual(3)
      for (const example of examples) expect(lines).toContain(example)
    },
  )
})
