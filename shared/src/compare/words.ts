/** Text as words: the units in which two versions of a sentence are compared. */

/** A word, a run of white space, or one other sign; for a paragraph mark, `paragraphMark`. */
export type Word = string

/** Stands for the end of a paragraph where several are compared as one text. */
export const paragraphMark = '\n'

// Numbers keep their inner signs (2014, 64/211, 1.2), words their hyphens and apostrophes.
const word = /\n|[^\S\n]+|[\p{L}\p{M}\p{N}]+(?:[-'’./\u2010\u2011][\p{L}\p{M}\p{N}]+)*|./gsu

export const wordsOf = (text: string): Word[] => text.match(word) ?? []

export const isSpace = (unit: Word): boolean => unit !== paragraphMark && unit.trim() === ''

const meaningful = /[\p{L}\p{N}]/u

/** Whether it has a letter or a digit. */
export const isMeaningful = (unit: Word): boolean => meaningful.test(unit)

/**
 * A word without what typesetters choose: hard and soft spaces, hyphens that may or may not break,
 * straight and curly quotes. Two words with one plain form are the same word; the base's stays.
 */
export function plain(unit: Word): string {
  if (isSpace(unit)) return ' '
  return unit
    .replace(/[\u2010\u2011]/gu, '-')
    .replace(/[\u2018\u2019]/gu, "'")
    .replace(/[\u201c\u201d]/gu, '"')
}
