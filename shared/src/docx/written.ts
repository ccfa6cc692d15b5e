/** A text as far as a Word file can say it, and its hash: what an exported file is proved by. */
import { fingerprint } from '../resolution/edition.ts'
import type { FormatSpan, Provision } from '../resolution/provision.ts'
import { kinds } from '../resolution/provision.ts'
import { roleByStyle } from './reader/roles.ts'
import { styleOf } from './styles.ts'

/** The text with all revisions accepted, and with all of them rejected. */
export const hashedTexts = ['accepted', 'rejected'] as const

/** Hashes of both; equal where a file has no revisions. */
export type TextHashes = Readonly<Record<(typeof hashedTexts)[number], string>>

/** Under which names a file carries them. */
export const hashProperties: TextHashes = {
  accepted: 'RevmarkAcceptedText',
  rejected: 'RevmarkRejectedText',
}

/**
 * The fingerprint of provisions as they are read in a Word file. It is `fingerprint(provisions)` for
 * every text that a Word file says without loss, as all editions are; what it says in one way only
 * becomes the same here: an item without a label is a text, a text that begins with a label and a
 * tab is an item, the fifth level is the fourth, and letters that are raised are not lowered.
 */
export const writtenHash = (provisions: readonly Provision[]): string =>
  fingerprint(provisions.map(written))

function written(provision: Provision): Provision {
  const { label, text, formats } = provision
  const typed = label === null ? '' : `${label}\t`
  const read = roleByStyle({ style: styleOf(provision), text: typed + text })
  const kind = kinds.find((each) => each === read.role)
  if (!kind) throw new RangeError(`no kind of provision: ${read.role}`)
  const shift = typed.length - (typed.length + text.length - read.text.length)
  const spans = [...lookOf(provision), ...shownFormats(formats)].map((span) => ({
    ...span,
    from: Math.max(span.from + shift, 0),
    to: span.to + shift,
  }))
  return {
    kind,
    level: read.level,
    label: read.label,
    text: read.text,
    formats: spans.filter(({ from, to }) => from < to),
  }
}

/** The label of a preamble's own item is italic; it stands before the text's first letter. */
function lookOf({ kind, level, label }: Provision): FormatSpan[] {
  if (kind !== 'item' || level !== 1 || label === null || !/\p{L}/u.test(label)) return []
  return [{ from: -label.length - 1, to: -1, format: 'italic' }]
}

/** Word raises or lowers letters, not both: what is raised is cut out of what is lowered. */
function shownFormats(formats: readonly FormatSpan[]): readonly FormatSpan[] {
  const raised = formats.filter(({ format }) => format === 'superscript')
  return formats.flatMap((span) =>
    span.format === 'subscript'
      ? raised.reduce((rest, { from, to }) => rest.flatMap((one) => outside(one, from, to)), [span])
      : [span],
  )
}

/** What of a span stands before an offset and what from another on. */
function outside(span: FormatSpan, from: number, to: number): FormatSpan[] {
  const before = { ...span, to: Math.min(span.to, from) }
  const after = { ...span, from: Math.max(span.from, to) }
  return [before, after].filter((part) => part.from < part.to)
}
