/** Moving whole paragraphs, and going from where one is to where it was, and back. */
import type { Direction, Moved, MoveProblem } from '@revmark/shared/ledger'
import type { Binding } from './binding.ts'
import { lengthOf, placeAt, posAt } from './lines.ts'
import type { Spot } from './lines.ts'
import { goToPosition } from './pointing.ts'
import { isCaret } from './selection.ts'

/** Why nothing was moved, and what can be done. */
const problems: Readonly<Record<MoveProblem, string>> = {
  edge: 'There is no paragraph beside it to change places with. To move it elsewhere, drag it.',
  brackets: 'It stands in square brackets, so it stays until the chair has decided on it.',
  fixed: 'Only calls, items and plain paragraphs are moved, and none before the number line.',
  here: 'It stands there already.',
}

/** Moves the selected paragraphs, with what stands under them; they stay selected. */
export function moveParagraphs(binding: Binding, direction: Direction): void {
  binding.write((pen) => {
    const { span, lines, paragraphs } = binding
    if (!span) return null
    const named = paragraphs.slice(span.from.line, span.to.line + 1).map(({ key }) => key)
    const moved = pen.move(named, direction, placeAt(lines[span.from.line]!, span.from.offset))
    if ('problem' in moved) {
      binding.desk.say(problems[moved.problem])
      return null
    }
    return selectionIn(binding, moved.keys, named.length)
  })

  function selectionIn(
    { span, paragraphs }: Binding,
    keys: Extract<Moved, { keys: unknown }>['keys'],
    count: number,
  ) {
    const first = paragraphs.find(({ key }) => key === keys[0])
    const last = paragraphs.find(({ key }) => key === keys[Math.min(count, keys.length) - 1])
    if (!first || !last || !span) return null
    const within = (line: typeof first, offset: number) =>
      placeAt(line, Math.min(offset, lengthOf(line)))
    const anchor = within(first, span.from.offset)
    return isCaret(span) ? anchor : { anchor, head: within(last, span.to.offset) }
  }
}

/**
 * Moves the selection, which was dropped at a spot, where it is whole paragraphs and the spot is the
 * start or the end of one, or where it is several. False where it is words.
 */
export function dropParagraphs(binding: Binding, at: Spot): boolean {
  const { span, lines, paragraphs } = binding
  if (!span || isCaret(span)) return false
  const { from, to } = span
  const isWhole = from.offset === 0 && to.offset === lengthOf(lines[to.line]!)
  const length = lengthOf(lines[at.line]!)
  const isBetween = at.offset === 0 || at.offset === length
  if (!isWhole || (from.line === to.line && !isBetween)) return false
  const line = at.offset * 2 < length || length === 0 ? at.line : at.line + 1
  moveParagraphs(binding, { before: paragraphs[line]?.key ?? null })
  return true
}

/** From a paragraph that was moved to where it was, or back. False where the caret is in no such one. */
export function followMove(binding: Binding): boolean {
  const { span, lines } = binding
  const other = span && binding.moves.otherOf(lines[span.from.line]!.key)
  return other ? goToParagraph(binding, other) : false
}

/** Puts the caret at the start of a paragraph, and the focus into the text. */
export function goToParagraph(binding: Binding, key: string): boolean {
  const line = binding.lines.findIndex((one) => one.key === key)
  return line >= 0 && goToPosition(binding, posAt(binding.view.state.doc, { line, offset: 0 }))
}
