import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  allLetters,
  baseLetters,
  cleanLetters,
  writeContribution,
} from '@revmark/shared/contribution'
import { checkUpdate } from '@revmark/shared/gate'
import { Ledger, enterPerson, provisionsOf, serverClient, writeBase } from '@revmark/shared/ledger'
import type { Paragraph, View } from '@revmark/shared/ledger'
import { fingerprint } from '@revmark/shared/resolution'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { loadContributions, loadCorpus, ownFolders } from '../src/index.ts'

const corpus = loadCorpus()
const contribution = loadContributions(corpus).find('res45-brazil-2017')!
const edition = corpus.find(contribution.base)!
const hand = { client: 4711, delegation: contribution.delegation, user: 'brazil' }

/** The draft as the server makes it: the base its own, the marks an update of the delegation's. */
function drafted(): { server: Y.Doc; update: Uint8Array } {
  const server = new Y.Doc({ gc: false })
  writeBase(server, edition.id, edition.provisions)
  const own = new Y.Doc({ gc: false })
  Y.applyUpdate(own, Y.encodeStateAsUpdate(server))
  writeContribution(own, edition.provisions, contribution.paragraphs, hand)
  return { server, update: Y.encodeStateAsUpdate(own, Y.encodeStateVector(server)) }
}

const { server, update } = drafted()
const verdict = checkUpdate(server, update, {
  user: hand.user,
  delegation: hand.delegation,
  owns: (client) => client === hand.client,
})
Y.applyUpdate(server, update)
server.clientID = serverClient
enterPerson(server, hand.client, hand)
const ledger = new Ledger(server)

const paragraphs = (view: View): readonly Paragraph[] => ledger.project(view).paragraphs

const lettersIn = ({ pieces }: Paragraph): string =>
  pieces.map((piece) => (piece.shown ? piece.text : '')).join('')

/** A text without what no mark stands for: white space, the shape of quotes and dashes. */
const plain = (text: string): string =>
  text.replace(/\s/gu, '').replace(/[‐‑–]/gu, '-').replace(/[‘’]/gu, "'").replace(/[“”]/gu, '"')

/** The source from its number line on, mended by hand and not by the file's repairs. */
function sourceText(): string {
  const source = readFileSync(join(ownFolders.sources, contribution.source.file), 'utf8')
  const text = source
    .slice(source.indexOf('[bookmark: _Toc393980098]'))
    .replaceAll(/\[bookmark: \w+\]/g, '')
  expect(text).toMatch(/^RESOLUTION\s45\s\(REV\.\sDUBAIBuenos/)
  expect(text.split('b) b)  Resolution 140')).toHaveLength(2)
  return text
    .replace(/\(REV\.\sDUBAI/, '(Rev. Dubai')
    .replace('b) b)  Resolution 140', 'b)  Resolution 140')
}

/** Labels that the source strikes to write the same again: no change, so no mark in a draft. */
const writtenAgain = ['recalling a)', 'considering k)', 'considering l)', 'considering m)']

describe('Brazil’s contribution of 2017', () => {
  test('passes the gate as an update of one client of Brazil', () => {
    expect(verdict).toMatchObject({ ok: true, clients: [hand.client] })
  })

  test('in base is the Dubai edition, exactly', () => {
    expect(fingerprint(provisionsOf(ledger.project('base')))).toBe(edition.hash)
  })

  test('with insertions and deletions in order is its source, letter by letter', () => {
    const marked = paragraphs('marked')
    expect(marked).toHaveLength(contribution.paragraphs.length)
    const letters = marked.map((paragraph, i) => {
      const { label } = contribution.paragraphs[i]!
      return (label ? allLetters(label) : '') + lettersIn(paragraph)
    })
    expect(plain(letters.join(''))).toBe(plain(sourceText()))
  })

  test('computes the labels that its source gives', () => {
    paragraphs('marked').forEach(({ label, state }, i) => {
      const said = contribution.paragraphs[i]!.label
      if (said === null) return expect(label.view).toBeNull()
      expect(label.base ?? '').toBe(baseLetters(said))
      if (state.del === 'none') expect(label.view).toBe(cleanLetters(said))
    })
  })

  test('strikes four labels to write them again', () => {
    let call = ''
    const found = contribution.paragraphs.flatMap(({ kind, label, text }) => {
      if (kind === 'call') call = allLetters(text)
      const isSame = label && label.length > 1 && baseLetters(label) === cleanLetters(label)
      return isSame ? [`${call} ${cleanLetters(label)}`] : []
    })
    expect(found).toEqual(writtenAgain)
  })

  test('in clean is the text that was read and found right', () => {
    const lines = paragraphs('clean').map(({ label, text }) =>
      label.view === null ? text : `${label.view}\t${text}`,
    )
    const expected = join(import.meta.dirname, 'res45-brazil-2017.clean.txt')
    expect(`${lines.join('\n')}\n`).toBe(readFileSync(expected, 'utf8'))
  })

  test('has in clean no word twice in a row and no white space where none belongs', () => {
    for (const { text } of paragraphs('clean')) {
      expect(text).not.toMatch(/\b(\p{L}+) \1\b/u)
      expect(text).not.toMatch(/\s\s|\s[,;.)]|\( |^\s|\s$/)
    }
  })

  test('keeps Brazil’s own slips', () => {
    const text = paragraphs('clean')
      .map((paragraph) => paragraph.text)
      .join('\n')
    for (const slip of [
      'the excellente results',
      '69/166 and 71/1999',
      'Study Group 2 (2014-2017);;',
      'developing countriesand cooperation',
      '(Rev.Busan,2014)',
      'each Member State assess their own commitment',
    ]) {
      expect(text).toContain(slip)
    }
  })

  test('says of every doubtful place why it is as it is', () => {
    const doubted = contribution.paragraphs.filter(({ doubts }) => doubts.length > 0)
    expect(doubted).toHaveLength(9)
    for (const { doubts } of doubted) {
      for (const doubt of doubts) expect(doubt).toMatch(/^\p{Lu}.{40,}\.$/u)
    }
  })

  test('has the cover of its source, which names no references', () => {
    expect(contribution.cover.summary).toMatch(/^Draft Modifications of Resolution 45/)
    expect(contribution.cover.expectedResults).toMatch(/^Brazil invites all the delegations/)
    expect(contribution.cover.references).toBe('')
  })
})
