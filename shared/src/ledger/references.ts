/**
 * References to provisions of the text itself that have come to say another label than that of the
 * provision which they mean.
 */
import { referencesIn } from '../resolution/references.ts'
import type { NamedCall, WordedReference } from '../resolution/references.ts'
import { addressesOf } from './address.ts'
import type { Ledger } from './ledger.ts'
import { lettersOf, meaningOf, meaningsInBase } from './meanings.ts'
import type { Paragraph } from './paragraph.ts'
import { provisionsIn } from './provisions.ts'
import type { Provisions } from './provisions.ts'
import type { Ranges } from './ranges.ts'

/**
 * What has become of the provision that a reference means: it has other labels, whose path is `path`
 * and which are `now` with the words of its call, or it is not in the clean text any more.
 */
export type Fate =
  | {
      readonly type: 'moved'
      readonly path: string
      readonly now: string
      /** Whether it stands under the call of the reference: then the labels alone are to be written. */
      readonly isMendable: boolean
    }
  | {
      readonly type: 'deleted'
      /** Codes of those who propose to delete it; none where it was withdrawn, rejected or unlabelled. */
      readonly by: readonly string[]
      readonly isAccepted: boolean
    }

/** A reference that does not say any more what it means. */
export interface StaleReference {
  /** The ids of its labels' letters; names it as long as they stand. */
  readonly r: Ranges
  /** The paragraph of the clean view in which it stands, its address, and where in its text. */
  readonly paragraph: string
  readonly address: string
  readonly from: number
  readonly to: number
  /** As it reads: `considering e)`, and the labels alone. */
  readonly said: string
  readonly path: string
  /** The key of the provision that it means. */
  readonly target: string
  readonly fate: Fate
}

/** The references of the clean text whose provisions have other labels now, or are to go. */
export function staleReferences(ledger: Ledger): StaleReference[] {
  const clean = ledger.project('clean')
  const now = provisionsIn(clean)
  const ofBase = meaningsInBase(ledger)
  const calls = [...now.calls, ...ofBase.calls]
  const named = JSON.stringify(calls)
  const found: StaleReference[] = []
  for (const paragraph of clean.paragraphs) {
    for (const one of worded(paragraph, calls, named)) {
      const r = lettersOf(paragraph, one)
      const target = ofBase.meanings.get(r.join()) ?? meaningOf(ledger, r)
      if (target === null) continue
      const fate = fateOf(ledger, target, one, now)
      if (!fate) continue
      const { from, to, path, call } = one
      const said = `${call} ${path}`
      found.push({ r, paragraph: paragraph.key, address: '', from, to, said, path, target, fate })
    }
  }
  if (found.length === 0) return found
  const addresses = addressesOf(clean)
  return found.map((one) => ({ ...one, address: addresses.get(one.paragraph) ?? '' }))
}

/** What has become of what a reference means; null where it says its labels. */
function fateOf(
  ledger: Ledger,
  target: string,
  { calls, call, path }: WordedReference,
  { names, copies, calls: named }: Provisions,
): Fate | null {
  const name = names.get(target) ?? names.get(copies.get(target) ?? '')
  if (!name) {
    const aspects = ledger.freshBlock(target)?.aspects
    const proposers = aspects?.state.proposers ?? []
    return {
      type: 'deleted',
      by: [...new Set(proposers.map(({ delegation }) => delegation))],
      isAccepted: aspects?.state.del === 'accepted',
    }
  }
  const isMendable = calls.includes(name.call)
  if (isMendable && name.path === path) return null
  const words = isMendable ? call : (named.find(({ key }) => key === name.call)?.words ?? '')
  return { type: 'moved', path: name.path, now: `${words} ${name.path}`, isMendable }
}

const read = new WeakMap<Paragraph, { readonly calls: string; readonly found: WordedReference[] }>()

/** The references of a paragraph, read once for each wording of the calls: `named` tells it apart. */
function worded(
  paragraph: Paragraph,
  calls: readonly NamedCall[],
  named: string,
): WordedReference[] {
  const known = read.get(paragraph)
  if (known?.calls === named) return known.found
  const found = referencesIn(paragraph.text, calls)
  read.set(paragraph, { calls: named, found })
  return found
}
