/** The words of one paragraph against another's, as few and as readable edits as a drafter would make. */
import { isMeaningful, isSpace, paragraphMark, plain, wordsOf } from './words.ts'
import type { Word } from './words.ts'

/** Offsets `from` to `to` of the base text give way to `insert`; in order, never touching. */
export interface Edit {
  readonly from: number
  readonly to: number
  readonly insert: string
}

/** A stretch of both texts: kept words, or words deleted and words inserted in their place. */
interface Stretch {
  readonly kept: boolean
  readonly base: Word[]
  readonly target: Word[]
}

/** A paragraph of which less than this part stays is replaced as a whole. */
const hopeless = 0.3
/** Larger tables are not worth their time: what lies between the ends is replaced. */
const largest = 4_000_000

/**
 * The edits that make `target` of `base`, apart from typography (`plain` in words.ts), which no
 * delegation proposes. Both may hold line feeds, for paragraph marks.
 */
export function editsBetween(base: string, target: string): Edit[] {
  if (base === target) return []
  const stretches = readable(stretchesOf(wordsOf(base), wordsOf(target)), base, target)
  const edits: Edit[] = []
  let at = 0
  for (const stretch of stretches) {
    const length = lengthOf(stretch.base)
    if (!stretch.kept) {
      const edit = { from: at, to: at + length, insert: stretch.target.join('') }
      edits.push(narrowed(edit, base))
    }
    at += length
  }
  return edits
}

const same = (a: Word, b: Word): boolean => a === b || plain(a) === plain(b)

const lengthOf = (words: readonly Word[]): number =>
  words.reduce((sum, word) => sum + word.length, 0)

/** The heaviest common subsequence, by letters; white space counts little, paragraph marks much. */
function stretchesOf(base: readonly Word[], target: readonly Word[]): Stretch[] {
  let start = 0
  while (start < base.length && start < target.length && same(base[start]!, target[start]!)) start++
  let baseEnd = base.length
  let targetEnd = target.length
  while (baseEnd > start && targetEnd > start && same(base[baseEnd - 1]!, target[targetEnd - 1]!)) {
    baseEnd--
    targetEnd--
  }
  const stretches: Stretch[] = []
  const push = (kept: boolean, from: readonly Word[], to: readonly Word[]) => {
    if (from.length + to.length === 0) return
    const last = stretches.at(-1)
    if (last?.kept === kept) {
      last.base.push(...from)
      last.target.push(...to)
    } else stretches.push({ kept, base: [...from], target: [...to] })
  }
  push(true, base.slice(0, start), target.slice(0, start))
  const a = base.slice(start, baseEnd)
  const b = target.slice(start, targetEnd)
  if (a.length * b.length > largest) push(false, a, b)
  else {
    for (const [i, j] of commonWords(a, b)) {
      if (i >= 0 && j >= 0) push(true, [a[i]!], [b[j]!])
      else push(false, i >= 0 ? [a[i]!] : [], j >= 0 ? [b[j]!] : [])
    }
  }
  push(true, base.slice(baseEnd), target.slice(targetEnd))
  return stretches
}

/** A walk through both lists: `[i, j]` for a common word, `[i, -1]` and `[-1, j]` for the others. */
function commonWords(a: readonly Word[], b: readonly Word[]): [number, number][] {
  const width = b.length + 1
  const plainA = a.map(plain)
  const plainB = b.map(plain)
  const table = new Int32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const here = i * width + j
      const skip = Math.max(table[here + width]!, table[here + 1]!)
      const take = plainA[i] === plainB[j] ? table[here + width + 1]! + weightOf(a[i]!) : -1
      table[here] = Math.max(skip, take)
    }
  }
  const walk: [number, number][] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const here = i * width + j
    if (i < a.length && j < b.length && plainA[i] === plainB[j]) {
      if (table[here] === table[here + width + 1]! + weightOf(a[i]!)) {
        walk.push([i++, j++])
        continue
      }
    }
    if (i < a.length && (j === b.length || table[here] === table[here + width]))
      walk.push([i++, -1])
    else walk.push([-1, j++])
  }
  return walk
}

/** Ten a letter; white space and signs, which stand everywhere, hardly anything. */
const weightOf = (word: Word): number =>
  word === paragraphMark ? 40 : isMeaningful(word) ? 10 * word.length : isSpace(word) ? 1 : 3

/** No confetti: lone small words between two replacements go with them; lost causes are replaced. */
function readable(stretches: readonly Stretch[], base: string, target: string): Stretch[] {
  const kept = stretches.filter((stretch) => stretch.kept)
  const meaning = kept.reduce((sum, stretch) => sum + meaningOf(stretch.base), 0)
  const least = Math.min(meaningOf(wordsOf(base)), meaningOf(wordsOf(target)))
  const hasMark = base.includes(paragraphMark) || target.includes(paragraphMark)
  if (!hasMark && meaning < hopeless * least) {
    return [{ kept: false, base: wordsOf(base), target: wordsOf(target) }]
  }
  const out: Stretch[] = []
  stretches.forEach((stretch, i) => {
    const before = out.at(-1)
    const after = stretches[i + 1]
    if (stretch.kept && before && !before.kept && after && isConfetti(stretch, before, after)) {
      before.base.push(...stretch.base)
      before.target.push(...stretch.target)
    } else if (before && !before.kept && !stretch.kept) {
      before.base.push(...stretch.base)
      before.target.push(...stretch.target)
    } else out.push({ kept: stretch.kept, base: [...stretch.base], target: [...stretch.target] })
  })
  return out
}

const meaningOf = (words: readonly Word[]): number => lengthOf(words.filter(isMeaningful))

/** White space, or one short word, between replacements of whole phrases on both sides. */
function isConfetti(kept: Stretch, before: Stretch, after: Stretch): boolean {
  if (kept.base.includes(paragraphMark)) return false
  const replaces = (stretch: Stretch) => stretch.base.length > 0 && stretch.target.length > 0
  if (kept.base.every(isSpace)) return replaces(before) && replaces(after)
  const words = kept.base.filter(isMeaningful)
  const isShort = words.length === 1 && meaningOf(kept.base) <= 3
  return isShort && replaces(before) && replaces(after)
}

/** Of a word that only grew or shrank at its end (year, plural) the common part stays. */
function narrowed({ from, to, insert }: Edit, base: string): Edit {
  const old = base.slice(from, to)
  if (!/^\p{N}+$/u.test(old) || !/^\p{N}+$/u.test(insert)) return { from, to, insert }
  let same = 0
  while (same < old.length && same < insert.length && old[same] === insert[same]) same++
  return { from: from + same, to, insert: insert.slice(same) }
}
