/** What became of a draft's changes: whether a later edition of the text has them. */
import { addressesIn } from '../ledger/address.ts'
import { provisionsOf } from '../ledger/base.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Projection } from '../ledger/paragraph.ts'
import type { Provision } from '../resolution/provision.ts'
import { align, sizeOf } from './align.ts'
import type { Step } from './align.ts'
import { claimsOf } from './claims.ts'
import type { Claim } from './claims.ts'
import { bagOf, likeness, shared, together } from './likeness.ts'
import { Tracking } from './tracking.ts'
import { isMeaningful, paragraphMark, wordsOf } from './words.ts'

export type Result = 'taken over' | 'in other words' | 'not taken over'

/** One claim of a draft (claims.ts) and what a later edition makes of it. */
export interface Outcome extends Claim {
  /** `in other words` also where a part of it was taken over. */
  readonly result: Result
  /** Address in the later edition; null where the paragraph is not there. */
  readonly place: string | null
  /** The words that stand there. For a paragraph its whole text; empty where nothing does. */
  readonly there: string
}

/** A paragraph so like a proposed one is the same paragraph, and so like it another version of it. */
const equal = 0.97
const version = 0.45
/** So much of what is new in the words asked for must be there to be them in other words. */
const partly = 0.15
/** Words of which so much has gone are partly gone. */
const most = 0.6
/** So many letters in a row stand nowhere by chance. */
const tellingLength = 12

/**
 * Compares what a draft asks for with a later edition of the same text, claim by claim in the order of
 * the draft. Judged by words and places: what the later edition says in wholly different words, or
 * elsewhere than in the same paragraph, is not found.
 */
export function outcomesOf(ledger: Ledger, later: readonly Provision[]): Outcome[] {
  const base = ledger.project('base')
  const clean = ledger.project('clean')
  const old = provisionsOf(base)
  const fromBase = align(old, later).steps
  const places = new Places(later, old, fromBase)
  const baseSteps = stepsByKey(base, fromBase)
  const cleanSteps = stepsByKey(clean, align(provisionsOf(clean), later).steps)
  const baseTexts = textsByKey(base)
  const cleanTexts = textsByKey(clean)
  return claimsOf(ledger).map((claim): Outcome => {
    const { kind, paragraph } = claim
    const step = baseSteps.get(paragraph) ?? cleanSteps.get(paragraph)
    if (kind === 'paragraph inserted') return places.inserted(claim)
    if (!step) {
      const result = kind === 'paragraph deleted' ? 'taken over' : 'not taken over'
      return { ...claim, result, place: null, there: '' }
    }
    if (kind === 'words') {
      const texts = [baseTexts.get(paragraph) ?? '', cleanTexts.get(paragraph) ?? ''] as const
      return places.words(claim, step, ...texts)
    }
    const done =
      (kind === 'split' && sizeOf(step.target) > 1) || (kind === 'join' && sizeOf(step.base) > 1)
    const result = done ? 'taken over' : 'not taken over'
    return { ...claim, result, place: places.address(step), there: places.text(step) }
  })
}

/** For each paragraph that has one, the step in which it corresponds to something. */
function stepsByKey({ paragraphs }: Projection, steps: readonly Step[]): Map<string, Step> {
  const out = new Map<string, Step>()
  for (const step of steps) {
    if (sizeOf(step.target) === 0) continue
    for (let i = step.base.from; i < step.base.to; i++) out.set(paragraphs[i]!.key, step)
  }
  return out
}

const textsByKey = ({ paragraphs }: Projection): Map<string, string> =>
  new Map(paragraphs.map(({ key, text }) => [key, text]))

/** The later edition. */
class Places {
  private readonly later: readonly Provision[]
  private readonly addresses: readonly string[]
  /** How like each paragraph is to what it was in the base. */
  private readonly former: readonly number[]

  constructor(later: readonly Provision[], base: readonly Provision[], steps: readonly Step[]) {
    this.later = later
    const former = later.map(() => 0)
    for (const step of steps) {
      const old = together(base.slice(step.base.from, step.base.to).map(({ text }) => bagOf(text)))
      for (let i = step.target.from; i < step.target.to; i++) {
        if (sizeOf(step.base) > 0) former[i] = likeness(old, bagOf(later[i]!.text))
      }
    }
    this.former = former
    this.addresses = addressesIn(later.map((each) => ({ ...each, words: each.text })))
  }

  address({ target }: Step): string {
    return this.addresses[target.from]!
  }

  text({ target }: Step): string {
    return this.later
      .slice(target.from, target.to)
      .map(({ text }) => text)
      .join(paragraphMark)
  }

  /** A new paragraph is looked for among those that are no more like what they were in the base. */
  inserted(claim: Claim): Outcome {
    const asked = bagOf(claim.inserted)
    let best = { index: -1, like: version }
    for (const [index, { text }] of this.later.entries()) {
      const like = likeness(asked, bagOf(text))
      if (like >= best.like && like > this.former[index]!) best = { index, like }
    }
    const found = this.later[best.index]
    if (!found) return { ...claim, result: 'not taken over', place: null, there: '' }
    const result = best.like >= equal ? 'taken over' : 'in other words'
    return { ...claim, result, place: this.addresses[best.index]!, there: found.text }
  }

  words(claim: Claim, step: Step, base: string, clean: string): Outcome {
    const text = this.text(step)
    const fromBase = new Tracking(base, text)
    const fromClean = new Tracking(clean, text)
    const result = judged(claim, fromBase, fromClean, text)
    const there =
      fromBase.between(...claim.base) ||
      fromClean.between(...claim.clean) ||
      (result === 'in other words' ? fromBase.added : '')
    return { ...claim, result, place: this.address(step), there }
  }
}

/** What is asked for against what stands there, where nothing of it may stand there by chance. */
function judged(claim: Claim, fromBase: Tracking, fromClean: Tracking, text: string): Result {
  const { deleted, inserted } = claim
  const kept = deleted === '' ? 0 : fromBase.share(...claim.base)
  if (inserted === '') {
    return kept === 0 ? 'taken over' : kept <= 1 - most ? 'in other words' : 'not taken over'
  }
  const isAll = fromClean.share(...claim.clean) === 1
  const stands = squeezed(fromClean.between(...claim.clean)) === squeezed(inserted)
  const wasThere = squeezed(fromBase.between(...claim.base)) === squeezed(deleted)
  if (isAll && stands && !wasThere) return 'taken over'
  if (kept === 0 && hasLetters(text, inserted)) return 'taken over'
  if (kept === 0 && isAll) return 'in other words'
  return novelty(inserted, deleted, fromBase.added) >= partly ? 'in other words' : 'not taken over'
}

/** How much of the words that only `inserted` has are among the words `added`, from 0 to 1. */
function novelty(inserted: string, deleted: string, added: string): number {
  const old = bagOf(deleted)
  const news = wordsOf(inserted).filter(
    (word) => isTelling(word) && !old.counts.has(word.toLowerCase()),
  )
  const asked = bagOf(news.join(' '))
  return asked.weight === 0 ? 0 : shared(asked, bagOf(added)) / asked.weight
}

/** Articles, prepositions and the like stand everywhere. */
const isTelling = (word: string): boolean => isMeaningful(word) && word.length >= 4

/** Letters and digits only, if there are any: `(Rev.Busan,2014)` and `Rev. Busan, 2014` are the same. */
function squeezed(text: string): string {
  const letters = text.replace(/[^\p{L}\p{N}]/gu, '')
  return letters === '' ? text.trim() : letters
}

/** Whether a text has the letters in a row, for as many of them as cannot stand there by chance. */
const hasLetters = (text: string, letters: string): boolean =>
  squeezed(letters).length >= tellingLength && squeezed(text).includes(squeezed(letters))
