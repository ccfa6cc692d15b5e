/** The laws of the ledger, as functions: each gives its complaints about a play, none when it holds. */
import * as Y from 'yjs'
import { Ledger, provisionsOf, sequenceOf, views } from '../ledger/index.ts'
import type { Change, Projection, Ranges, View } from '../ledger/index.ts'
import { fingerprint } from '../resolution/index.ts'
import { labelComplaints, latinComplaints, noteComplaints } from './labels.ts'
import type { Play } from './play.ts'

export type Law = (play: Play) => Iterable<string>

/** What a view shows, a line for each paragraph; `left behind` is marked by an obelus. */
export const linesIn = (projection: Projection): string[] => {
  const provisions = provisionsOf(projection)
  return projection.paragraphs.map(({ kind, level, label, leftBehind }, i) => {
    const { text } = provisions[i]!
    const formats = provisions[i]!.formats.map(({ from, to, format }) => ` ${format} ${from}-${to}`)
    const mark = leftBehind ? ' \u2020' : ''
    return `${kind}/${level} ${label.view ?? ''} ${text}${mark}${formats.toSorted().join('')}`
  })
}

/** Everything that the views of a ledger say, to be compared as a whole. */
export const pictureOf = (play: Play, ledger: Ledger): string[] =>
  views.map((view) => JSON.stringify(play.project(ledger, view)))

/** Where two pictures differ first, with what stands around it. */
export function difference(a: readonly string[], b: readonly string[]): string | null {
  const i = a.findIndex((text, at) => text !== b[at])
  if (i < 0) return null
  const [left, right] = [a[i]!, b[i] ?? '']
  let at = 0
  while (left[at] === right[at]) at++
  const around = (text: string) => text.slice(Math.max(0, at - 120), at + 120)
  return `${views[i] ?? i}: ${around(left)} <> ${around(right)}`
}

/** The same document after a reload: a ledger that has followed nothing. */
export function reloaded(ydoc: Y.Doc): Ledger {
  const copy = new Y.Doc({ gc: false })
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(ydoc))
  return new Ledger(copy)
}

const ledgersOf = ({ meeting, players }: Play): Ledger[] => [
  meeting.ledger,
  ...players.map(({ delegate }) => delegate.ledger),
]

/** The delegates who have sent and received everything. */
const level = ({ meeting, players }: Play): Ledger[] => {
  const state = Y.encodeStateVector(meeting.ydoc).join()
  return players
    .filter(({ delegate }) => Y.encodeStateVector(delegate.ydoc).join() === state)
    .map(({ delegate }) => delegate.ledger)
}

/** The base view of any state is the edition. */
export const baseStays: Law = function* baseStays(play) {
  for (const ledger of ledgersOf(play)) {
    const hash = fingerprint(provisionsOf(play.project(ledger, 'base')))
    if (hash !== play.meeting.baseHash) {
      yield `W1: ${linesIn(play.project(ledger, 'base')).join(' | ')}`
    }
  }
}

/** Who has everything sees what the meeting sees. */
export const clientsConverge: Law = function* clientsConverge(play) {
  const truth = pictureOf(play, play.meeting.ledger)
  const up = new Set(level(play))
  for (const { delegate, isOnline } of play.players) {
    const { ledger, delegation } = delegate
    if (isOnline && !up.has(ledger)) yield `W2: ${delegation} lacks updates after a sync`
    const differs = up.has(ledger) && difference(truth, pictureOf(play, ledger))
    if (differs) yield `W2: ${delegation} ${differs}`
  }
}

/** A ledger that has followed every transaction is as one made from the whole document. */
export const followingIsReading: Law = function* followingIsReading(play) {
  for (const ledger of [play.meeting.ledger, ...level(play)]) {
    const fresh = reloaded(ledger.ydoc)
    const differs = difference(
      [...pictureOf(play, fresh), JSON.stringify(fresh.changes())],
      [...pictureOf(play, ledger), JSON.stringify(play.changes(ledger))],
    )
    if (differs) yield `W3: ${differs}`
  }
}

/** Whatever a delegate wrote stands in the sequence for ever, under the delegation that wrote it. */
export const wordsStay: Law = function* wordsStay(play) {
  const { meeting } = play
  for (const { client, delegation, written } of meeting.delegates) {
    const isKnown = Y.getState(meeting.ydoc.store, client) > 0
    if (isKnown && meeting.ledger.authorOf(client) !== delegation) {
      yield `W9: ${delegation}'s words are said to be ${meeting.ledger.authorOf(client)}'s`
    }
    const held = tokensOf(meeting.ydoc, client)
    for (const [clock, token] of written) {
      if (clock >= Y.getState(meeting.ydoc.store, client)) continue
      if (held.get(clock) !== token) yield `W9: ${client}:${clock} was ${token}`
    }
  }
}

/** The tokens of a client in the sequence, by clock. */
function tokensOf(ydoc: Y.Doc, client: number): Map<number, string> {
  const out = new Map<number, string>()
  for (let item = sequenceOf(ydoc)._start; item; item = item.right) {
    if (item.id.client !== client || item.deleted) continue
    item.content.getContent().forEach((value, i) => {
      out.set(item.id.clock + i, typeof value === 'string' ? value : JSON.stringify(value))
    })
  }
  return out
}

/** Nothing in the sequence is deleted, by anybody, in any document. */
export const nothingIsDeleted: Law = function* nothingIsDeleted(play) {
  for (const { ydoc } of ledgersOf(play)) {
    for (let item = sequenceOf(ydoc)._start; item; item = item.right) {
      if (item.deleted) yield `W14: ${item.id.client}:${item.id.clock} is deleted`
    }
  }
  const garbled = new Set(
    play.players.filter((one) => one.isGarbled).map((one) => one.delegate.ydoc),
  )
  for (const { ydoc } of ledgersOf(play)) {
    const waits = ydoc.store.pendingStructs ?? ydoc.store.pendingDs
    if (waits && !garbled.has(ydoc)) yield `W14: updates wait in a document`
  }
}

/** A view shows every letter that is shown, once, in order; a footnote where its reference is. */
export const everyLetterIsShown: Law = function* everyLetterIsShown(play) {
  for (const ledger of ledgersOf(play)) {
    for (const [i, view] of views.entries()) {
      const isShown = ({ shownIn }: { readonly shownIn: number }) => (shownIn & (1 << i)) !== 0
      const blocks = ledger.freshBlocks()
      // A footnote is shown where a reference to it is, in the order of those.
      const letters = [...blocks, ...ledger.freshNotes(isShown)]
        .flatMap(({ runs }) => runs.filter(isShown).map(({ text }) => text))
        .join('')
      const { paragraphs } = play.project(ledger, view)
      const shown = paragraphs.map(({ text }) => text).join('')
      if (shown !== letters) yield `W11: ${view} shows ${shown} of ${letters}`
      for (const { text, pieces } of paragraphs) {
        const inPieces = pieces.map((piece) => (piece.shown ? piece.text : '')).join('')
        if (inPieces !== text) yield `W11: ${view} has ${inPieces} in ${text}`
      }
    }
  }
}

/** A change list covers what is pending, accepted or rejected, each aspect of each token once. */
export const changesCover: Law = function* changesCover(play) {
  for (const ledger of ledgersOf(play)) {
    const listed = play.changes(ledger)
    const expected = aspectsIn(ledger)
    const found = new Map<string, number>()
    for (const change of listed) {
      for (const name of namesIn(change)) found.set(name, (found.get(name) ?? 0) + 1)
    }
    for (const name of expected) if (!found.has(name)) yield `W12: ${name} is in no change`
    for (const [name, times] of found) {
      if (!expected.has(name)) yield `W12: ${name} is listed and is not so`
      if (times > 1) yield `W12: ${name} is in ${times} changes`
    }
    const ids = new Set(listed.map(({ id }) => id))
    if (ids.size !== listed.length) yield 'W12: two changes have one id'
  }
}

/** The aspects of all tokens that a person could decide or could have decided. */
function aspectsIn(ledger: Ledger): Set<string> {
  const out = new Set<string>()
  const blocks = [...ledger.freshBlocks(), ...ledger.freshNotes()]
  for (const { client, clock, aspects, runs, marker: own } of blocks) {
    const marker = { type: 'marker', client, clock, length: 1, aspects }
    // Token by token, not in the runs from which the list is made.
    const letters = runs.flatMap(({ type, client: by, clock: at, length }) =>
      type === 'anchor'
        ? []
        : ledger.states.stretches(by, at, length).map((one) => ({ type, client: by, ...one })),
    )
    // Nobody decides a footnote's marker: it follows its references.
    for (const token of own.n === undefined ? [marker, ...letters] : letters) {
      const { state, rejected } = token.aspects
      const names: string[] = []
      if (state.ins !== 'base' && state.ins !== 'withdrawn') {
        names.push(`ins ${state.author} ${state.ins}`)
      }
      if (state.ins !== 'withdrawn' || token.type === 'marker') {
        const as = state.del === 'none' ? 'pending' : state.del
        names.push(...state.proposers.map(({ delegation }) => `del ${delegation} ${as}`))
        names.push(...[...rejected.keys()].map((name) => `del ${name.split('/')[0]} rejected`))
      }
      if (state.ins !== 'withdrawn' || token.type === 'marker') {
        for (const { property, value, delegation, state: as } of state.settings?.proposed ?? []) {
          names.push(`set ${property} ${value} ${delegation} ${as}`)
        }
      }
      for (let i = 0; i < token.length; i++) {
        for (const name of names) out.add(`${token.client}:${token.clock + i} ${name}`)
      }
    }
  }
  return out
}

function* namesIn({ ins, del, set, setting, delegation, state }: Change): Generator<string> {
  for (const [aspect, ranges] of [
    ['ins', ins],
    ['del', del],
  ] as const) {
    for (const id of idsIn(ranges)) yield `${id} ${aspect} ${delegation} ${state}`
  }
  for (const id of idsIn(set)) {
    yield `${id} set ${setting!.property} ${setting!.value} ${delegation} ${state}`
  }
}

export function* idsIn(ranges: Ranges): Generator<string> {
  for (let at = 0; at < ranges.length; at += 3) {
    for (let i = 0; i < ranges[at + 2]!; i++) yield `${ranges[at]}:${ranges[at + 1]! + i}`
  }
}

/** Regular lists are counted without a gap, and where nothing was changed the labels are literal. */
export const labelsCount: Law = function* labelsCount(play) {
  for (const ledger of [play.meeting.ledger]) {
    for (const view of ['clean', 'accepted'] as const satisfies readonly View[]) {
      const projection = play.project(ledger, view)
      const base = play.project(ledger, 'base')
      const complaints = ledger.numbering === 'bis' ? latinComplaints : labelComplaints
      for (const complaint of [...noteComplaints(projection), ...complaints(projection, base)])
        yield `W15: ${view} ${complaint}`
      for (const { label } of projection.paragraphs) {
        const isMoved = label.view !== label.base && label.base !== null
        if (isMoved && !label.delegation) yield `W15: nobody moved ${label.base} to ${label.view}`
      }
    }
  }
}

/** What holds in every state, however it came about. */
export const laws: readonly Law[] = [
  baseStays,
  clientsConverge,
  followingIsReading,
  wordsStay,
  nothingIsDeleted,
  everyLetterIsShown,
  changesCover,
  labelsCount,
]

export function* complaintsOf(play: Play): Generator<string> {
  for (const law of laws) yield* law(play)
}
