/** The same text and the same edits for every peer: paragraphs of a resolution, drawn from a seed. */

/** A generator of whole numbers below `n`, the same for the same seed. */
export function dice(seed: number): (n: number) => number {
  let state = seed >>> 0
  return (n) => {
    // xorshift32
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state % n
  }
}

const words =
  'the role of ITU in building confidence and security in the use of telecommunications'.split(' ')

/** Paragraphs of about 83 letters. */
export function paragraphs(count: number): string[] {
  const roll = dice(45)
  return Array.from({ length: count }, () => {
    let text = ''
    while (text.length < 78) text += `${words[roll(words.length)]} `
    return text.trimEnd()
  })
}

/** One edit of a paragraph: a word written at an offset, or four letters struck from it. */
export interface BenchEdit {
  readonly paragraph: number
  readonly type: 'insert' | 'delete'
  /** From 0 to 1, of the paragraph's length at that moment. */
  readonly at: number
}

export function edits(count: number, ofParagraphs: number): BenchEdit[] {
  const roll = dice(2017)
  return Array.from({ length: count }, (_, i) => ({
    paragraph: 1 + roll(ofParagraphs - 1),
    type: i % 2 === 0 ? ('insert' as const) : ('delete' as const),
    at: roll(1000) / 1000,
  }))
}

/** Where in a paragraph somebody types, in letters. */
export const typingOffset = 40
