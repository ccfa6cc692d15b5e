/** Transactions of ProseMirror as strokes of the pen, on random drafts that others write in too. */
import { Play, boundary, scripts, unnoted } from '@revmark/shared/testing'
import type { Script, Step } from '@revmark/shared/testing'
import fc from 'fast-check'
import { TextSelection } from 'prosemirror-state'
import type { Transaction } from 'prosemirror-state'
import { expect, test } from 'vitest'
import { blocksOf, lengthOf, placeAt, posAt, spotAt, spotOf } from '../src/editor/lines.ts'
import { schema } from '../src/editor/schema.ts'
import { Sheet, textsOf } from './sheet.ts'

const runs = Number(process.env['FUZZ'] ?? 60)
const timeout = 10_000 + 200 * runs

/** The transaction that a step stands for: what browsers and ProseMirror make of typing, cutting, dragging. */
function transactionOf(
  { state, lines, paragraphs }: Sheet,
  { does, a, b, c, text }: Step,
): Transaction | null {
  const { tr } = state
  // What was left behind stands only while something stands before it: SPEC.md's matter, not ours.
  const near = paragraphs.slice(a % lines.length, (a % lines.length) + 4)
  if (near.some(({ leftBehind }) => leftBehind)) return null
  const texts = textsOf(state.doc)
  const first = a % lines.length
  const last = Math.min(first + (c % 5 === 0 ? 1 + (b % 2) : 0), lines.length - 1)
  const start = posAt(state.doc, { line: first, offset: boundary(texts[first]!, b) })
  const end = posAt(state.doc, { line: last, offset: boundary(texts[last]!, c) })
  const [from, to] = start < end ? [start, end] : [end, start]
  tr.setSelection(TextSelection.create(state.doc, from))
  if (does === 'insert' || does === 'type') return tr.insertText(text, from)
  if (does === 'erase' || does === 'backspace') return from === to ? null : tr.delete(from, to)
  if (does === 'replace') {
    const selected = tr.setSelection(TextSelection.create(state.doc, from, to))
    return selected.replaceSelectionWith(schema.text(text), false)
  }
  if (does === 'split') return tr.split(start)
  if (does !== 'paste' || from === to) return null
  // Dragging: the words go here and come there, two steps.
  const words = state.doc.slice(from, to)
  tr.delete(from, to)
  const line = (a + b) % blocksOf(tr.doc).length
  const target = posAt(tr.doc, { line, offset: boundary(textsOf(tr.doc)[line]!, c) })
  return tr.insertText(words.content.textBetween(0, words.content.size), target)
}

function* complaints({ seats, steps }: Script, reading: 'clean' | 'marked'): Generator<string> {
  const play = new Play(seats, unnoted)
  const player = play.players[0]!
  const sheet = () => new Sheet(player.delegate.ledger, player.delegate.pen, reading)
  let seen = sheet()
  for (const step of steps) {
    const tr = step.who % 3 === 0 ? transactionOf(seen, step) : null
    if (!tr || !tr.docChanged) {
      play.step(step)
      if (step.does === 'reload') seen = sheet()
      seen.show()
    } else {
      const raw = textsOf(tr.doc)
      const lines = seen.take(tr)
      if (!lines) yield `refused: ${JSON.stringify(tr.steps)}`
      else {
        if (
          JSON.stringify(lines.map(lengthOf)) !== JSON.stringify(raw.map(({ length }) => length))
        ) {
          yield `lines differ from the raw document: ${JSON.stringify(raw)}`
        }
        if (
          reading === 'clean' &&
          JSON.stringify(textsOf(seen.state.doc)) !== JSON.stringify(raw)
        ) {
          yield `clean shows ${JSON.stringify(textsOf(seen.state.doc))}, typed ${JSON.stringify(raw)}`
        }
        const head = spotAt(tr.doc, tr.selection.head)
        const place = head && lines[head.line] && placeAt(lines[head.line]!, head.offset)
        const spot = place && spotOf(seen.lines, place)
        if (!spot) yield `the caret is nowhere: ${JSON.stringify({ place, head })}`
        else if (reading === 'clean' && posAt(seen.state.doc, spot) !== tr.selection.head) {
          yield `the caret is at ${JSON.stringify(spot)} instead of ${JSON.stringify(head)}`
        }
      }
    }
    if (!seen.state.doc.eq(seen.fresh)) yield 'the view differs from the projection'
    if (play.meeting.baseHashOf(player.delegate.ledger) !== play.meeting.baseHash) yield 'base'
    if (play.complaints.length > 0) yield play.complaints.join()
  }
}

// What is deleted of references takes footnotes off the screen, which raw documents do not know.
// The same class, which TypeScript finds once as a module and once as CommonJS.
const drawn = scripts(40, ['note']) as unknown as fc.Arbitrary<Script>

function holds(reading: 'clean' | 'marked'): void {
  fc.assert(
    fc.property(drawn, (script) => {
      const [first] = complaints(script, reading)
      expect(first).toBeUndefined()
    }),
    { numRuns: runs },
  )
}

test(
  'in the clean view the text is what ProseMirror made of it, whoever else writes',
  { timeout },
  () => {
    holds('clean')
  },
)

test('in the marked view every transaction leaves the projection on screen', { timeout }, () => {
  holds('marked')
})

test('steps that are no replacement of letters are refused, and nothing is written', () => {
  const { delegate } = new Play(['A']).players[0]!
  const sheet = new Sheet(delegate.ledger, delegate.pen, 'marked')
  const before = sheet.state.doc
  const { tr } = sheet.state
  tr.insertText('x', 2)
  tr.setNodeMarkup(1, null, { kind: 'call' })
  expect(sheet.take(tr)).toBeNull()
  expect(sheet.take(sheet.state.tr.addMark(2, 5, schema.mark('bold')))).toBeNull()
  expect(sheet.take(sheet.state.tr.insertText('a\u0007b', 2))).toBeNull()
  expect(sheet.state.doc).toBe(before)
  expect(delegate.outbox).toEqual([])
})
