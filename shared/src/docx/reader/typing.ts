/**
 * What Word counts by itself, typed out: labels of automatic lists, numbers of footnotes. Both
 * depend on the reading, so where the readings differ the old one is deleted and the new inserted.
 */
import { unnumbered } from '../../resolution/notes.ts'
import type { Lists } from './lists.ts'
import { paragraphsIn } from './reading.ts'
import { stands } from './story.ts'
import type { Letters, Reading, Signed, StoryParagraph } from './story.ts'
import type { StyleSheet } from './style-sheet.ts'

/** What one thing is in each reading; null where it is not there. */
type InReadings = { [reading in Reading]: string | null }

const readings: readonly Reading[] = ['accepted', 'rejected']

/** The paragraphs with every label and number as letters. */
export function typedOut(
  paragraphs: readonly StoryParagraph[],
  sheet: StyleSheet,
  lists: Lists,
): StoryParagraph[] {
  const labels = labelsOf(paragraphs, sheet, lists)
  const numbers = numbersOf(paragraphs)
  return paragraphs.map((paragraph) => {
    const label = labels.get(paragraph)
    const by = signerOf(paragraph)
    const typed = label ? lettersFor(label, by, blank) : []
    const letters = paragraph.letters.flatMap((each) => {
      const number = numbers.get(each)
      return number ? lettersFor(number, by, { ...each, formats: raised(each) }) : [each]
    })
    return { ...paragraph, letters: [...typed, ...letters] }
  })
}

function labelsOf(
  paragraphs: readonly StoryParagraph[],
  sheet: StyleSheet,
  lists: Lists,
): ReadonlyMap<StoryParagraph, InReadings> {
  const labels = new Map<StoryParagraph, InReadings>()
  for (const reading of readings) {
    const next = lists.counter()
    for (const { pieces, properties } of paragraphsIn(paragraphs, reading)) {
      const place = properties.list ?? sheet.listOf(properties.style)
      const label = place === null || place === 'none' ? null : next(place)
      if (label === null || label === '') continue
      const first = pieces[0]!
      const known = labels.get(first) ?? { accepted: null, rejected: null }
      labels.set(first, { ...known, [reading]: `${label}\t` })
    }
  }
  return labels
}

function numbersOf(paragraphs: readonly StoryParagraph[]): ReadonlyMap<Letters, InReadings> {
  const numbers = new Map<Letters, InReadings>()
  const counts = { accepted: 0, rejected: 0 }
  for (const { letters, row } of paragraphs) {
    for (const each of letters) {
      if (each.note === null || each.text !== '') continue
      const number: InReadings = { accepted: null, rejected: null }
      for (const reading of readings) {
        if (stands(each, reading) && stands(row, reading)) number[reading] = `${++counts[reading]}`
      }
      numbers.set(each, number)
    }
  }
  return numbers
}

const blank: Letters = {
  text: '',
  inserted: null,
  deleted: null,
  formats: [],
  former: null,
  note: null,
}

function lettersFor({ accepted, rejected }: InReadings, by: Signed, like: Letters): Letters[] {
  // What is inserted and to be deleted has no number in either reading.
  if (accepted === rejected) return [{ ...like, text: accepted ?? unnumbered }]
  const out: Letters[] = []
  if (rejected !== null) out.push({ ...like, text: rejected, deleted: like.deleted ?? by })
  if (accepted !== null) out.push({ ...like, text: accepted, inserted: like.inserted ?? by })
  return out
}

const raised = ({ formats }: Letters): Letters['formats'] =>
  formats.includes('superscript') ? formats : [...formats, 'superscript']

const nobody: Signed = { author: null, date: null, isUtc: false }

/** Whoever changed the paragraph is taken to have moved its numbers. */
const signerOf = ({ mark, former, letters }: StoryParagraph): Signed =>
  mark.inserted ??
  mark.deleted ??
  former?.by ??
  letters.map(({ inserted, deleted }) => inserted ?? deleted).find((by) => by !== null) ??
  nobody
