/** Where the words of one version of a paragraph are in another version. */
import { stretchesBetween } from './shortest.ts'
import { isMeaningful, isSpace, wordsOf } from './words.ts'

/** One word of the first text, and where it is in the second one; null where it is not. */
interface Tracked {
  readonly word: string
  readonly from: number
  readonly to: number
  readonly there: number | null
}

export class Tracking {
  private readonly words: Tracked[] = []
  private readonly second: string
  /** The words of the second text that the first one has not, in order. */
  readonly added: string

  constructor(first: string, second: string) {
    this.second = second
    let at = 0
    let there = 0
    let added = ''
    for (const { kept, base, target } of stretchesBetween(wordsOf(first), wordsOf(second))) {
      for (const [index, word] of base.entries()) {
        this.words.push({ word, from: at, to: at + word.length, there: kept ? there : null })
        at += word.length
        if (kept) there += target[index]!.length
      }
      if (kept) continue
      added += `${target.join('')} `
      there += target.join('').length
    }
    this.added = added.trim()
  }

  /**
   * How much of the words from `from` to `to` the second text has too, from 0 to 1, by letters; signs
   * count only where there is no word.
   */
  share(from: number, to: number): number {
    const inside = this.words.filter((word) => word.from >= from && word.to <= to)
    const meaningful = inside.filter(({ word }) => isMeaningful(word))
    const counted = meaningful.length > 0 ? meaningful : inside.filter(({ word }) => !isSpace(word))
    const lengthOf = (words: readonly Tracked[]) =>
      words.reduce((sum, { word }) => sum + word.length, 0)
    const all = lengthOf(counted)
    return all === 0 ? 0 : lengthOf(counted.filter(({ there }) => there !== null)) / all
  }

  /**
   * What stands in the second text between the words before `from` and those after `to`. What is new
   * there before the last space, or behind the first one, belongs to it.
   */
  between(from: number, to: number): string {
    const kept = this.words.filter(({ there }) => there !== null)
    let before = kept.findLastIndex((word) => word.to <= from)
    let after = kept.findIndex((word) => word.from >= to)
    if (isSpaceAt(kept[before]) && isParted(kept[before - 1], kept[before])) before--
    if (isSpaceAt(kept[after]) && isParted(kept[after], kept[after + 1])) after++
    const start = before < 0 ? 0 : endOf(kept[before]!)
    const end = after < 0 ? this.second.length : kept[after]!.there!
    return this.second.slice(start, end).trim()
  }
}

const endOf = ({ word, there }: Tracked): number => there! + word.length

const isSpaceAt = (tracked: Tracked | undefined): boolean =>
  tracked !== undefined && isSpace(tracked.word)

/** Whether something new stands between two words that were neighbours. */
const isParted = (left: Tracked | undefined, right: Tracked | undefined): boolean =>
  left !== undefined && right !== undefined && left.to === right.from && endOf(left) < right.there!
