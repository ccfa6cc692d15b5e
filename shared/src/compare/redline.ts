/** A comparison written down as a draft: the target as one delegation's revision marks on the base. */
import type * as Y from 'yjs'
import type { Provision } from '../resolution/provision.ts'
import { align } from './align.ts'
import type { Alignment } from './align.ts'
import { editsBetween } from './edits.ts'
import { paragraphMark } from './words.ts'
import { writePassages } from './passages.ts'
import type { Hand } from './passages.ts'

/**
 * Writes the difference between the base that a Y.Doc was made with and a target text into it, as
 * insertions and deletion entries. `base` must be the provisions that the base was written from. The
 * clean view is `text` then, its labels as the base's rule computes them, without character formats.
 * A text without a number line keeps the base's, which nothing may delete: the alignment counts it as
 * the first of its paragraphs.
 */
export function redline(
  ydoc: Y.Doc,
  base: readonly Provision[],
  text: readonly Provision[],
  hand: Hand,
): Alignment {
  const target = text[0]?.kind === 'number' ? text : [base[0]!, ...text]
  const alignment = align(base, target)
  const passages = alignment.steps.map((step) => {
    const old = base.slice(step.base.from, step.base.to)
    const now = target.slice(step.target.from, step.target.to)
    const isChange = old.length > 0 && now.length > 0
    return {
      base: step.base,
      target: now,
      edits: isChange ? editsBetween(joined(old), joined(now)) : [],
    }
  })
  writePassages(ydoc, base, passages, hand)
  return alignment
}

const joined = (provisions: readonly Provision[]): string =>
  provisions.map(({ text }) => text).join(paragraphMark)
