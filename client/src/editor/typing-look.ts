/** How letters look that are typed: as chosen at the caret, else as what they go on or stand in. */
import type { Id, Paragraph, Piece } from '@revmark/shared/ledger'
import type { Format } from '@revmark/shared/resolution'
import type { Binding } from './binding.ts'
import { holds, placeAt, tokenAfter } from './lines.ts'
import type { Line } from './lines.ts'
import type { Replacement } from './writing.ts'

const plain: readonly Format[] = []

export class TypingLook {
  private readonly binding: Binding
  /** What was chosen at a caret, for the first letters that are typed there. */
  private chosen: { readonly formats: readonly Format[]; readonly after: Id } | null = null

  constructor(binding: Binding) {
    this.binding = binding
  }

  /** Turns a format of what is typed next. False where words are selected, or the caret is in none. */
  turn(format: Format): boolean {
    const { span, caret } = this.binding
    if (!span || !caret || !same(caret.anchor.after, caret.head.after)) return false
    const now = this.formats
    const formats = now.includes(format) ? now.filter((one) => one !== format) : [...now, format]
    this.chosen = { formats, after: caret.head.after }
    return true
  }

  /** What was chosen is forgotten, unless the caret stands there still. */
  moved(): void {
    const { chosen } = this
    const { caret } = this.binding
    if (chosen && !(caret && same(caret.head.after, chosen.after))) this.chosen = null
  }

  /** What is typed next at the caret looks like. */
  get formats(): readonly Format[] {
    const { span, lines } = this.binding
    return span ? this.formatsOf(lines, { ...span, text: '' }) : plain
  }

  /** A replacement with the look of what it writes, which uses up what was chosen. */
  dressed(lines: readonly Line[], replacement: Replacement): Replacement {
    const { text } = replacement
    if (text === '' || text.includes('\n')) return replacement
    const formats = this.formatsOf(lines, replacement)
    this.chosen = null
    if (formats.length === 0) return replacement
    return {
      ...replacement,
      looks: formats.map((format) => ({ from: 0, to: text.length, format })),
    }
  }

  private formatsOf(lines: readonly Line[], { from, to }: Replacement): readonly Format[] {
    const { chosen, binding } = this
    const line = lines[from.line]!
    const { after } = placeAt(line, from.offset)
    if (chosen && same(chosen.after, after)) return chosen.formats
    const at = binding.paragraphs[from.line]
    const paragraph =
      at?.key === line.key ? at : binding.paragraphs.find(({ key }) => key === line.key)
    if (!paragraph) return plain
    const next = tokenAfter(lines, from)
    const right = next && pieceOf(paragraph, next)
    // In place of letters it looks as the first of them.
    if (from.line !== to.line || from.offset !== to.offset) return right?.formats ?? plain
    const left = pieceOf(paragraph, after)
    if (!left) return plain
    const { author, ins } = left.state
    // Behind one's own letters it goes on; else it is in a run or beside it.
    if (author === binding.desk.delegation && ins === 'pending') return left.formats
    return left.formats.filter((format) => right?.formats.includes(format))
  }
}

const same = (a: Id, b: Id): boolean => a.client === b.client && a.clock === b.clock

/** The piece that holds a letter; a reference to a footnote has no look to go on with. */
const pieceOf = ({ pieces }: Paragraph, letter: Id): Piece | undefined =>
  pieces.find((piece) => piece.note === null && holds(piece, letter))
