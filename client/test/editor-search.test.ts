/** What is found in a text, and that it follows the text. */
import { Play } from '@revmark/shared/testing'
import { expect, test, vi } from 'vitest'
import { Search, matchesIn } from '../src/editor/search.ts'
import type { Query } from '../src/editor/search.ts'

function drafting() {
  const play = new Play(['A', 'B'])
  const [a, b] = play.players.map(({ delegate }) => delegate)
  const find = (text: string, options: Partial<Query> = {}, view: 'marked' | 'clean' = 'marked') =>
    matchesIn(a!.ledger.project(view).paragraphs, {
      text,
      matchCase: false,
      wholeWords: false,
      ...options,
    })
  return { play, a: a!, b: b!, find }
}

test('case, whole words and white space', () => {
  const { find } = drafting()
  expect(find('WORLD')).toEqual([{ line: 2, from: 4, to: 9 }])
  expect(find('WORLD', { matchCase: true })).toEqual([])
  expect(find('one')).toHaveLength(1)
  expect(find('on', { wholeWords: true })).toEqual([])
  expect(find('world\u00a0 conference')).toHaveLength(1)
  expect(find('(dubai, 2014)')).toHaveLength(1)
  expect(find('')).toEqual([])
})

test('struck words are not looked into: a word is found over them, alike in both views', () => {
  const { play, a, find } = drafting()
  // "one two three": "two " goes.
  a.pen.erase(a.at(4, 4), a.at(4, 8))
  play.sync()
  expect(find('two')).toEqual([])
  expect(find('one three')).toEqual([{ line: 4, from: 0, to: 13 }])
  expect(find('one three', {}, 'clean')).toEqual([{ line: 4, from: 0, to: 9 }])
})

test('a search goes round, follows the text, and tells of it', async () => {
  const { a } = drafting()
  const search = new Search()
  const heard = vi.fn<() => void>()
  search.subscribe(heard)
  const paragraphs = () => a.ledger.project('marked').paragraphs
  search.look({ text: 'dubai', matchCase: false, wholeWords: false })
  search.renew(paragraphs())
  expect(search.snapshot()).toEqual({ count: 2, index: 0 })
  search.step(-1)
  expect(search.current).toEqual(search.matches[1])
  await Promise.resolve()
  const before = heard.mock.calls.length
  a.pen.insert(a.at(4, 0), 'Dubai ')
  search.renew(paragraphs())
  await Promise.resolve()
  expect(heard.mock.calls.length).toBe(before + 1)
  expect(search.snapshot()).toEqual({ count: 3, index: 1 })
  search.look(null)
  search.renew(paragraphs())
  expect(search.current).toBeNull()
})
