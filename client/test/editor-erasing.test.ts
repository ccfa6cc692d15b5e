/** What Backspace and Delete take. */
import { Play } from '@revmark/shared/testing'
import { expect, test } from 'vitest'
import { reachBackward, reachForward } from '../src/editor/erasing.ts'

function drafting() {
  const play = new Play(['A', 'B'])
  const [a, b] = play.players.map(({ delegate }) => delegate)
  const paragraph = (line: number) => a!.ledger.project('marked').paragraphs[line]!
  return { play, a: a!, b: b!, paragraph }
}

test('a letter with its marks, an emoji family and a surrogate pair go as one', () => {
  const { paragraph } = drafting()
  expect(reachBackward(paragraph(6), 2, 'grapheme', 'A')).toEqual({ from: 0, to: 2 })
  const { text } = paragraph(9)
  const family = text.indexOf('\u{1f469}')
  expect(reachForward(paragraph(9), family, 'grapheme', 'A')).toEqual({
    from: family,
    to: family + 8,
  })
  const pair = paragraph(1).text.length
  expect(reachBackward(paragraph(1), pair, 'grapheme', 'A')).toEqual({ from: pair - 2, to: pair })
})

test('words go with the space between them and the caret', () => {
  const { paragraph } = drafting()
  expect(reachBackward(paragraph(4), 8, 'word', 'A')).toEqual({ from: 4, to: 8 })
  expect(reachForward(paragraph(4), 3, 'word', 'A')).toEqual({ from: 3, to: 7 })
})

test('what the delegation has struck is passed over, what another has struck is not', () => {
  const { play, a, b, paragraph } = drafting()
  a.pen.erase(a.at(4, 4), a.at(4, 7))
  b.pen.erase(b.at(4, 2), b.at(4, 3))
  play.sync()
  expect(reachBackward(paragraph(4), 7, 'grapheme', 'A')).toEqual({ from: 3, to: 4 })
  expect(reachBackward(paragraph(4), 3, 'grapheme', 'A')).toEqual({ from: 2, to: 3 })
  expect(reachForward(paragraph(4), 4, 'grapheme', 'A')).toEqual({ from: 7, to: 8 })
  // The word goes on beyond what is struck in it.
  expect(reachBackward(paragraph(4), 9, 'word', 'B')).toEqual({ from: 8, to: 9 })
})

test('at the borders there is nothing to take', () => {
  const { a, paragraph } = drafting()
  expect(reachBackward(paragraph(4), 0, 'grapheme', 'A')).toBeNull()
  expect(reachForward(paragraph(4), 14, 'word', 'A')).toBeNull()
  a.pen.erase(a.at(4, 0), a.at(4, 3))
  expect(reachBackward(paragraph(4), 3, 'grapheme', 'A')).toBeNull()
})
