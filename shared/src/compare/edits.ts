/** The words of one paragraph against another's, as few and as readable edits as a drafter would make. */
import { stretchesBetween } from './shortest.ts'
import type { Stretch } from './shortest.ts'
import { isMeaningful, isSpace, paragraphMark, wordsOf } from './words.ts'
import type { Word } from './words.ts'

/** Offsets `from` to `to` of the base text give way to `insert`; in order, never touching. */
export interface Edit {
  readonly from: number
  readonly to: number
  readonly insert: string
}

/** A paragraph of which less than this part stays is replaced as a whole. */
const hopeless = 0.3
/** A word that has at least so many letters of another, and only more beside them, has grown. */
const stem = 3

/**
 * The edits that make `target` of `base`, apart from typography (`plain` in words.ts), which no
 * delegation proposes. Both may hold line feeds, for paragraph marks.
 */
export function editsBetween(base: string, target: string): Edit[] {
  if (base === target) return []
  const old = wordsOf(base)
  const now = wordsOf(target)
  const stretches = stretchesBetween(old, now)
  if (isHopeless(stretches, old, now))
    return [narrowed({ from: 0, to: base.length, insert: target }, base)]
  const edits: Edit[] = []
  let at = 0
  for (const stretch of slid(stretches)) {
    const length = lengthOf(stretch.base)
    if (!stretch.kept) {
      edits.push(narrowed({ from: at, to: at + length, insert: stretch.target.join('') }, base))
    }
    at += length
  }
  return edits
}

/** Whether the edits of a text leave nothing of it. */
export const isReplacedWhole = (base: string, edits: readonly Edit[]): boolean =>
  edits.length === 1 && edits[0]!.from === 0 && edits[0]!.to === base.length

const lengthOf = (words: readonly Word[]): number =>
  words.reduce((sum, word) => sum + word.length, 0)

const meaningOf = (words: readonly Word[]): number => lengthOf(words.filter(isMeaningful))

/** Whether too little stays to call the target a version of the base. */
function isHopeless(
  stretches: readonly Stretch[],
  base: readonly Word[],
  target: readonly Word[],
): boolean {
  if (base.includes(paragraphMark) || target.includes(paragraphMark)) return false
  const kept = stretches.reduce(
    (sum, { kept: stays, base: words }) => sum + (stays ? meaningOf(words) : 0),
    0,
  )
  return kept < hopeless * Math.min(meaningOf(base), meaningOf(target))
}

/**
 * Where words come in, or go, between two spaces, the first space stays and the second one comes or
 * goes with them: `the {strengthened }role`, as it is written.
 */
function slid(stretches: readonly Stretch[]): Stretch[] {
  const out = stretches.map(({ kept, base, target }) => ({
    kept,
    base: [...base],
    target: [...target],
  }))
  for (let i = 0; i + 1 < out.length; i++) {
    const before = out[i - 1]
    const change = out[i]!
    const after = out[i + 1]!
    if (change.kept || !before || (change.base.length > 0 && change.target.length > 0)) continue
    const words = change.base.length > 0 ? change.base : change.target
    if (words.length < 2 || !isSpace(words[0]!) || !isSpace(after.base[0]!)) continue
    const space = words.shift()!
    words.push(space)
    const [baseSpace, targetSpace] = [after.base.shift()!, after.target.shift()!]
    before.base.push(baseSpace)
    before.target.push(targetSpace)
  }
  return out
}

/** Of a number that changed at its end, and of a word that only grew or shrank, the common part stays. */
function narrowed({ from, to, insert }: Edit, base: string): Edit {
  const old = base.slice(from, to)
  const least = Math.min(old.length, insert.length)
  let head = 0
  while (head < least && old[head] === insert[head]) head++
  let tail = 0
  while (tail < least - head && old.at(-1 - tail) === insert.at(-1 - tail)) tail++
  const isNumber = /^\p{N}+$/u.test(old) && /^\p{N}+$/u.test(insert)
  if (isNumber) return { from: from + head, to, insert: insert.slice(head) }
  const isWord = least >= stem && !/\s/.test(old + insert)
  if (!isWord || head + tail < least) return { from, to, insert }
  return { from: from + head, to: to - tail, insert: insert.slice(head, insert.length - tail) }
}
