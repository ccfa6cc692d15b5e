/** What people write, and where it may be cut: at grapheme clusters, as an editor does. */

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The offsets between the grapheme clusters of a text, its start and end included. */
export function boundariesOf(text: string): number[] {
  const offsets = [0]
  for (const { index, segment } of segmenter.segment(text)) offsets.push(index + segment.length)
  return offsets
}

/** The boundary that a number stands for, whatever its size. */
export function boundary(text: string, number: number): number {
  const offsets = boundariesOf(text)
  return offsets[number % offsets.length]!
}

/** Words in scripts that break programs: emoji, CJK extension B, Arabic, combining marks. */
export const words = [
  'a',
  'of ',
  ' new words',
  'x',
  '\u{1f600}',
  '\u{1f469}\u200d\u{1f469}\u200d\u{1f467}',
  'q\u{20000}\u{2a6d6}r',
  '\u0627\u0644\u0639\u0631\u0628\u064a\u0629',
  'e\u0301te\u0301',
  '\u0301',
  ';',
  'resolves',
] as const
