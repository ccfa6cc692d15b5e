/**
 * Footnotes of a text: its file has the number of each as superscript letters and its words as a
 * provision at the end; a draft has a reference, which is one token, and a body.
 */
import type { FormatSpan, Provision } from './provision.ts'

/** Stands for a reference in a text: the object replacement character, which no edition holds. */
export const referenceLetter = '\ufffc'

/** A text whose footnotes are lifted out of it. */
export interface Lifted {
  /** The provisions without the footnotes, a `referenceLetter` for each number in them. */
  readonly body: readonly Provision[]
  /** The footnotes, in the order of their first references. */
  readonly notes: readonly Provision[]
  /** For each `referenceLetter` of the body, in order, the index of its footnote. */
  readonly references: readonly number[]
  /** Where an offset of the text of the `index`th provision is once its footnotes are lifted. */
  readonly offsetIn: (index: number, offset: number) => number
}

/**
 * Lifts the footnotes at the end of a text out of it, all of them or, where one of them has no
 * reference, or they do not stand in the order of their references, none: they are paragraphs then.
 * A reference is a superscript stretch that is a footnote's label and no exponent of a number.
 */
export function liftNotes(provisions: readonly Provision[]): Lifted {
  const first = provisions.findLastIndex(({ kind }) => kind !== 'footnote') + 1
  const notes = provisions.slice(first)
  const indexOf = new Map(notes.map(({ label }, index) => [label, index]))
  const plain = { body: provisions, notes: [], references: [], offsetIn: unmoved }
  const isFlat = notes.every(({ level, label }) => level === 1 && label !== null)
  if (notes.length === 0 || indexOf.size < notes.length || !isFlat) return plain
  const spansOf = provisions
    .slice(0, first)
    .map((provision) =>
      provision.formats
        .filter((span) => isReference(provision, span, indexOf))
        .toSorted((a, b) => a.from - b.from),
    )
  const references = spansOf.flatMap((spans, i) =>
    spans.map(({ from, to }) => indexOf.get(provisions[i]!.text.slice(from, to))!),
  )
  const seen = [...new Set(references)]
  if (seen.length < notes.length || seen.some((note, index) => note !== index)) return plain
  return {
    body: spansOf.map((spans, i) => lifted(provisions[i]!, spans)),
    notes,
    references,
    offsetIn: (index, offset) => offsetAmong(spansOf[index] ?? [], offset),
  }
}

const unmoved = (_: number, offset: number): number => offset

function isReference(
  { text }: Provision,
  { from, to, format }: FormatSpan,
  labels: ReadonlyMap<string | null, number>,
): boolean {
  const isExponent = /\p{N}$/u.test(text.slice(0, from))
  return format === 'superscript' && !isExponent && labels.has(text.slice(from, to))
}

/** A provision with one letter for each of some spans of its text, without their format. */
function lifted(provision: Provision, spans: readonly FormatSpan[]): Provision {
  if (spans.length === 0) return provision
  let text = ''
  let at = 0
  for (const { from, to } of spans) {
    text += provision.text.slice(at, from) + referenceLetter
    at = to
  }
  text += provision.text.slice(at)
  const formats = provision.formats
    .filter((span) => !spans.includes(span))
    .map(({ from, to, format }) => ({
      from: offsetAmong(spans, from),
      to: offsetAmong(spans, to),
      format,
    }))
  return { ...provision, text, formats }
}

function offsetAmong(spans: readonly FormatSpan[], offset: number): number {
  const within = spans.find(({ from, to }) => from < offset && offset < to)
  const cut = spans.reduce((sum, { from, to }) => sum + (to <= offset ? to - from - 1 : 0), 0)
  return (within ? within.from + 1 : offset) - cut
}

/** How a reference reads that has a number in neither text: inserted, and proposed to be deleted. */
export const unnumbered = '*'

export const countReferences = (text: string): number => text.split(referenceLetter).length - 1
