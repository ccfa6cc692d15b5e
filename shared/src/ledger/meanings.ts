/**
 * What references mean: in the text in force what its labels say, of what a hand writes what the labels
 * said then, which its pen keeps in a `ref` entry.
 */
import { latinWords } from '../resolution/latin.ts'
import { referencesIn } from '../resolution/references.ts'
import type { NamedCall } from '../resolution/references.ts'
import { baseClient, idKey, parseIdKey } from './id.ts'
import type { Id } from './id.ts'
import type { Ledger } from './ledger.ts'
import type { Paragraph, Projection } from './paragraph.ts'
import { isLive, walk } from './place.ts'
import { provisionsIn } from './provisions.ts'
import { eachRange, intersect, toRanges } from './ranges.ts'
import type { Ranges } from './ranges.ts'
import { findItem, lettersOf as lettersOfItem } from './sequence.ts'
import { lettersIn } from './shaping.ts'
import { views } from './state.ts'
import { compareText } from './text-order.ts'

/** A reference just written, as its pen keeps it: its letters, and the provision's marker. */
export interface Meaning {
  readonly r: Ranges
  readonly to: Id
}

/**
 * What the references mean, by the labels of the clean view now, that have a letter of some just
 * written.
 */
export function meaningsOf(ledger: Ledger, written: Ranges): Meaning[] {
  const clean = ledger.project('clean')
  const { calls, find } = provisionsIn(clean)
  const touched = new Set<Paragraph>()
  eachRange(written, (client, clock) => {
    const paragraph = paragraphWith(ledger, clean, { client, clock })
    if (paragraph) touched.add(paragraph)
  })
  return [...touched].flatMap((paragraph) =>
    referencesIn(paragraph.text, calls).flatMap((one): Meaning[] => {
      const r = lettersOf(paragraph, one)
      const key = find(one.calls, one.path)
      return key !== null && intersect(r, written).length > 0 ? [{ r, to: parseIdKey(key) }] : []
    }),
  )
}

/** What a label ends with, or, where a closing parenthesis stands behind it, may end with. */
const labelEnd = new RegExp(`(?:[)\\d]|\\d[A-Z]|\\d ?${latinWords})$`, 'u')

/**
 * Whether a text just written may have made a reference: it is looked at more closely then, which
 * costs more than a letter may.
 */
export function mayEndReference(text: string, ledger: Ledger, last: Id): boolean {
  if (/[)\d]/.test(text)) return true
  if (!/^[a-zA-Z]$/.test(text)) return false
  for (const { type, state, text: letters } of walk(ledger, last)) {
    if (type === 'text' && !isLive(state)) continue
    if (type === 'text' && letters.startsWith(')')) return true
    break
  }
  const item = findItem(ledger.ydoc, last)!
  return labelEnd.test(
    lettersOfItem(item)
      .slice(0, last.clock - item.id.clock + 1)
      .slice(-20),
  )
}

/** The ids of the letters of a paragraph from one offset in its text to another. */
export function lettersOf(
  paragraph: Paragraph,
  { from, to }: { from: number; to: number },
): Ranges {
  const letters = lettersIn(paragraph, from, to)
  return toRanges(letters.flatMap(({ client, clock, length }) => [client, clock, length]))
}

function paragraphWith(ledger: Ledger, clean: Projection, id: Id): Paragraph | null {
  const at = ledger.blockOf(id)?.groupIn[views.indexOf('clean')] ?? -1
  return clean.paragraphs[at] ?? null
}

/**
 * What a `ref` entry says of just these letters. Nobody says what others' words mean: it counts where
 * its delegation wrote one of the letters, or all are of the text in force.
 */
export function meaningOf(ledger: Ledger, r: Ranges): string | null {
  const authors = new Set<string>()
  eachRange(r, (client) => {
    if (client !== baseClient) authors.add(ledger.authorOf(client))
  })
  const said = ledger
    .meaningsAt(r)
    .filter(({ delegation }) => authors.size === 0 || authors.has(delegation))
    .toSorted((a, b) => compareText(a.key, b.key))
    .at(-1)
  return said?.entry.type === 'ref' ? idKey(...said.entry.to) : null
}

/** What the references of the text in force mean. */
export interface MeaningsInBase {
  readonly calls: readonly NamedCall[]
  /** Keys of provisions by the ids of letters. */
  readonly meanings: ReadonlyMap<string, string>
  /** How many blocks of the text in force there were. */
  readonly blocks: number
}

const inBase = new WeakMap<Ledger, MeaningsInBase>()

/** The text in force never changes, but it may not all have come when it is first read. */
export function meaningsInBase(ledger: Ledger): MeaningsInBase {
  const blocks = ledger.freshBlocks().filter(({ isBase }) => isBase).length
  const known = inBase.get(ledger)
  if (known?.blocks === blocks) return known
  const base = ledger.project('base')
  const { calls, find } = provisionsIn(base)
  const meanings = new Map<string, string>()
  for (const paragraph of base.paragraphs) {
    for (const one of referencesIn(paragraph.text, calls)) {
      const key = find(one.calls, one.path)
      if (key !== null) meanings.set(lettersOf(paragraph, one).join(), key)
    }
  }
  const found = { calls, meanings, blocks }
  inBase.set(ledger, found)
  return found
}
