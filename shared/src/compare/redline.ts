/** A comparison written down as a draft: the target as one delegation's revision marks on the base. */
import type * as Y from 'yjs'
import { countReferences, liftNotes } from '../resolution/notes.ts'
import type { Lifted } from '../resolution/notes.ts'
import type { Provision } from '../resolution/provision.ts'
import { align } from './align.ts'
import type { Alignment } from './align.ts'
import { editsBetween } from './edits.ts'
import type { Edit } from './edits.ts'
import { paragraphMark } from './words.ts'
import { writePassages } from './passages.ts'
import type { Hand, NoteEdits } from './passages.ts'

/**
 * Writes the difference between the base that a Y.Doc was made with and a target text into it, as
 * insertions and deletion entries, linked where a paragraph was moved. `base` must be the provisions that the base was written from. The
 * clean view is `text` then, its labels as the base's rule computes them, without character formats.
 * A text without a number line keeps the base's, which nothing may delete: the alignment counts it as
 * the first of its paragraphs.
 */
export function redline(
  ydoc: Y.Doc,
  base: readonly Provision[],
  text: readonly Provision[],
  hand: Hand,
): Alignment {
  const target = text[0]?.kind === 'number' ? text : [base[0]!, ...text]
  const alignment = align(base, target)
  const [old, now] = [liftNotes(base), liftNotes(target)]
  const isPlain = old.notes.length + now.notes.length === 0
  const { steps, moves } = isPlain ? alignment : align(old.body, now.body)
  const origins = new Map(moves.map((move) => [move.target, move.base]))
  const pairing = new Pairing(old, now)
  const passages = steps.map((step) => {
    const from = old.body.slice(step.base.from, step.base.to)
    const to = now.body.slice(step.target.from, step.target.to)
    const isChange = from.length > 0 && to.length > 0
    const edits = isChange ? editsBetween(joined(from), joined(to)) : []
    const notes = isChange
      ? pairing.changed(joined(from), edits)
      : pairing.replaced(joined(from), joined(to))
    const origin = from.length === 0 ? origins.get(step.target.from) : undefined
    return { base: step.base, target: to, edits, origin, notes }
  })
  writePassages(ydoc, old, passages, hand, pairing.edits())
  return alignment
}

const joined = (provisions: readonly Provision[]): string =>
  provisions.map(({ text }) => text).join(paragraphMark)

/** Which footnotes of two texts are one, told by the references that stay, passed in their order. */
class Pairing {
  private readonly old: Lifted
  private readonly now: Lifted
  private readonly pairs = new Map<number, number>()
  private oldAt = 0
  private nowAt = 0

  constructor(old: Lifted, now: Lifted) {
    this.old = old
    this.now = now
  }

  /** Passes a text that is edited. Returns the words of the footnotes that the edits insert. */
  changed(text: string, edits: readonly Edit[]): string[] {
    const words: string[] = []
    let at = 0
    for (const { from, to, insert } of edits) {
      this.keep(text.slice(at, from))
      words.push(...this.replaced(text.slice(from, to), insert))
      at = to
    }
    this.keep(text.slice(at))
    return words
  }

  /** Passes a text that goes and one that comes. Returns the words of the footnotes of the latter. */
  replaced(text: string, insert: string): string[] {
    this.oldAt += countReferences(text)
    const from = this.nowAt
    this.nowAt += countReferences(insert)
    const { notes, references } = this.now
    return references.slice(from, this.nowAt).map((note) => notes[note]!.text)
  }

  /** The edits of the words of the footnotes that are in both texts. */
  edits(): NoteEdits[] {
    return [...this.pairs].flatMap(([note, other]) => {
      const edits = editsBetween(this.old.notes[note]!.text, this.now.notes[other]!.text)
      return edits.length > 0 ? [{ note, edits }] : []
    })
  }

  private keep(text: string): void {
    for (let left = countReferences(text); left > 0; left--) {
      const [note, other] = [this.old.references[this.oldAt++]!, this.now.references[this.nowAt++]!]
      if (!this.pairs.has(note)) this.pairs.set(note, other)
    }
  }
}
