/**
 * The fuzz table: the same random edits by several clients, each on a copy of its own, exchanged now
 * and then. Counts the runs after which something is wrong that must never be.
 */
import { revertSuggestions } from '@handlewithcare/prosemirror-suggest-changes'
import { enterPerson } from '@revmark/shared/ledger'
import type { Node } from 'prosemirror-model'
import type { Transaction } from 'prosemirror-state'
import * as Y from 'yjs'
import { countOf, extentOf } from './peer.ts'
import type { Peer } from './peer.ts'
import { RevmarkPeer, baseOf } from './revmark-peer.ts'
import { SuggestPeer, suggestedDoc } from './suggest-peer.ts'
import { head, row, title } from './table.ts'
import { dice, paragraphs } from './text.ts'

/** Each client writes in letters that nobody else uses, so that they can be told apart afterwards. */
const alphabets = ['αβγδε', 'жзийк', 'աբգդե']
const blocks = 8
const editsEach = 20

type Kind = 'insert' | 'delete' | 'replace' | 'split' | 'join' | 'delete across'
const textKinds: readonly Kind[] = ['insert', 'insert', 'delete', 'replace']
const allKinds: readonly Kind[] = [...textKinds, 'split', 'join', 'delete across']

/** A client of either kind. */
interface Client {
  readonly peer: Peer
  readonly ydoc: Y.Doc
  receive(update: Uint8Array): void
}

/** How one of the two programs is set up, and how its state at the end is read. */
interface Program {
  start(texts: readonly string[], clients: number): Client[]
  /** The paragraphs after all suggestions are rejected. */
  rejected(client: Client): string[]
  /** The document of somebody who opens the draft now. */
  opened(ydoc: Y.Doc): Node
  /** By alphabet, how many of its letters stand under the name of the one who wrote them. */
  own(client: Client, index: number): number
}

const suggest: Program = {
  start(texts, clients) {
    const state = Y.encodeStateAsUpdate(SuggestPeer.of(suggestedDoc(texts, [])).ydoc)
    return Array.from({ length: clients }, (_, index) => {
      let n = 0
      const peer = SuggestPeer.loaded(state, () => `${index}-${n++}`)
      return { peer, ydoc: peer.ydoc, receive: (update) => peer.receive(update) }
    })
  },
  rejected({ peer }) {
    let { state } = peer
    revertSuggestions(state, (tr: Transaction) => (state = state.apply(tr)))
    return linesOf(state.doc)
  },
  opened: (ydoc) => SuggestPeer.loaded(Y.encodeStateAsUpdate(ydoc)).state.doc,
  own({ peer }, index) {
    let count = 0
    peer.state.doc.descendants(({ text, marks }) => {
      const name = marks.find(({ type }) => type.name === 'insertion')?.attrs['id'] as unknown
      if (text && typeof name === 'string' && name.startsWith(`${index}-`))
        count += lettersOf(text, index)
    })
    return count
  },
}

const delegations = ['A', 'B', 'C']

const revmark: Program = {
  start(texts, clients) {
    const base = baseOf(texts)
    const hands = Array.from({ length: clients }, (_, index) => {
      const delegation = delegations[index]!
      return { client: 5000 + index, delegation, user: delegation }
    })
    for (const { client, ...person } of hands) enterPerson(base, client, person)
    const state = Y.encodeStateAsUpdate(base)
    return hands.map((hand) => {
      const peer = RevmarkPeer.loaded(state, hand)
      return { peer, ydoc: peer.ydoc, receive: (update) => peer.receive(update) }
    })
  },
  rejected: ({ peer }) =>
    // Nothing has been accepted, so that this is what is left when the rest is rejected.
    (peer as RevmarkPeer).ledger.project('accepted').paragraphs.map(({ text }) => text),
  opened: (ydoc) =>
    RevmarkPeer.loaded(Y.encodeStateAsUpdate(ydoc), {
      client: 9000,
      delegation: 'Z',
      user: 'Z',
    }).state.doc,
  own: ({ peer }, index) =>
    (peer as RevmarkPeer).ledger
      .project('marked')
      .paragraphs.flatMap(({ pieces }) => pieces)
      .filter(({ shown, state }) => shown && state.author === delegations[index])
      .reduce((count, { text }) => count + lettersOf(text, index), 0),
}

const linesOf = (doc: Node): string[] =>
  Array.from({ length: countOf(doc) }, (_, i) => {
    const { start, size } = extentOf(doc, i)
    return doc.textBetween(start, start + size)
  })

const lettersOf = (text: string, index: number): number =>
  text.split('').filter((letter) => alphabets[index]!.includes(letter)).length

const lettersIn = (client: Client, index: number): number =>
  lettersOf(client.peer.state.doc.textContent, index)

/** What was wrong after one run. */
interface Outcome {
  readonly base: boolean
  readonly foreign: boolean
  readonly diverge: boolean
}

function run(program: Program, clients: number, kinds: readonly Kind[], seed: number): Outcome {
  const roll = dice(seed)
  const texts = paragraphs(blocks)
  const all = program.start(texts, clients)
  const outbox: Uint8Array[][] = all.map(() => [])
  all.forEach(({ ydoc }, i) =>
    ydoc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'elsewhere') outbox[i]!.push(update)
    }),
  )
  /** By client, the letters that are there of what it wrote, less what it took back itself. */
  const balance = all.map(() => 0)
  for (let step = 0; step < editsEach; step++) {
    const who = roll(clients)
    const client = all[who]!
    const before = lettersIn(client, who)
    edit(client.peer, kinds[roll(kinds.length)]!, alphabets[who]!, roll)
    balance[who]! += lettersIn(client, who) - before
    if (roll(4) === 0) exchange(all, outbox)
  }
  exchange(all, outbox)
  // Whoever made an edit of what has come sends it on.
  exchange(all, outbox)
  const [one] = all
  return {
    base: program.rejected(one!).join('\n') !== texts.join('\n'),
    foreign: balance.some((count, i) => program.own(one!, i) !== count),
    diverge: all.some(({ peer, ydoc }) => !peer.state.doc.eq(program.opened(ydoc))),
  }
}

function exchange(all: readonly Client[], outbox: readonly Uint8Array[][]): void {
  const sent = outbox.map((updates) => updates.splice(0))
  all.forEach((client, i) =>
    sent.forEach((updates, j) => {
      if (i !== j) for (const update of updates) client.receive(update)
    }),
  )
}

/** One edit as an editor's commands make it; what a program throws at it is left undone. */
function edit(peer: Peer, kind: Kind, alphabet: string, roll: (n: number) => number): void {
  const { doc, tr } = peer.state
  const paragraph = roll(countOf(doc))
  const { start, size } = extentOf(doc, paragraph)
  const from = start + roll(size + 1)
  const to = Math.min(from + 1 + roll(8), start + size)
  const word = Array.from({ length: 1 + roll(4) }, () => alphabet[roll(alphabet.length)]!).join('')
  const next = paragraph + 1 < countOf(doc) ? extentOf(doc, paragraph + 1) : null
  if (kind === 'insert') tr.insertText(word, from)
  else if (kind === 'delete') tr.delete(from, to)
  else if (kind === 'replace') tr.insertText(word, from, to)
  else if (kind === 'split') tr.split(from)
  else if (!next) return
  else if (kind === 'join') tr.delete(start + size, next.start)
  else tr.delete(from, next.start + roll(next.size + 1))
  if (!tr.docChanged) return
  try {
    peer.dispatch(tr)
  } catch {
    // Both programs may refuse; neither may be damaged by it.
  }
}

const runs = 300

export function fuzz(): void {
  title(
    `Runs of ${editsEach} random edits after which something is wrong, of ${runs}; the text in force ` +
      'is broken when rejecting all does not give it back',
  )
  const programs = { Revmark: revmark, 'suggest-changes + y-prosemirror': suggest }
  head(
    [
      'edits',
      'clients',
      'by',
      'base broken',
      'insertions lost or re-attributed',
      'clients see different documents',
    ],
    3,
  )
  for (const [edits, kinds] of [
    ['text', textKinds],
    ['all', allKinds],
  ] as const)
    for (const clients of [1, 2, 3])
      for (const [name, program] of Object.entries(programs)) {
        const outcomes = Array.from({ length: runs }, (_, i) =>
          run(program, clients, kinds, 1 + i * 7919),
        )
        const share = (of: keyof Outcome): string => {
          const count = outcomes.filter((outcome) => outcome[of]).length
          return `${((100 * count) / runs).toFixed(0)} %`
        }
        row([edits, clients, name, share('base'), share('foreign'), share('diverge')])
      }
}
