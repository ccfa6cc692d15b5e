/** How much of a text a comparison marks, by letters. */
import { align, editsBetween, isReplacedWhole } from '@revmark/shared/compare'
import type { Provision } from '@revmark/shared/resolution'
import { diffWordsWithSpace } from 'diff'

/** What a comparison shows: how many changes, and how many letters are marked, white space aside. */
export interface Shown {
  readonly changes: number
  readonly letters: number
}

/** A part of a word diff, as jsdiff gives it. */
interface Part {
  readonly value: string
  readonly added: boolean
  readonly removed: boolean
}

export const lettersIn = (text: string): number => text.replace(/\s/gu, '').length

/** A deletion and the insertion beside it are one change, as we count ours. */
export function shownIn(parts: readonly Part[]): Shown {
  let changes = 0
  let letters = 0
  parts.forEach((part, index) => {
    if (!part.added && !part.removed) return
    letters += lettersIn(part.value)
    const before = parts[index - 1]
    if (!before || (!before.added && !before.removed)) changes++
  })
  return { changes, letters }
}

/**
 * On the paragraphs that we align one to one: the letters that we mark and those that a plain word
 * diff marks, which groups nothing. Paragraphs that we replace as a whole are listed instead.
 */
export function onAligned(base: readonly Provision[], target: readonly Provision[]) {
  let marked = 0
  let least = 0
  const replaced: string[] = []
  for (const step of align(base, target).steps) {
    const old = base.slice(step.base.from, step.base.to).map(({ text }) => text)
    const now = target.slice(step.target.from, step.target.to).map(({ text }) => text)
    if (old.length !== 1 || now.length !== 1) continue
    const edits = editsBetween(old[0]!, now[0]!)
    if (isReplacedWhole(old[0]!, edits)) {
      replaced.push(old[0]!)
      continue
    }
    for (const { from, to, insert } of edits) {
      marked += lettersIn(old[0]!.slice(from, to)) + lettersIn(insert)
    }
    least += shownIn(diffWordsWithSpace(old[0]!, now[0]!)).letters
  }
  return { marked, least, replaced }
}
