/** Paragraphs as nodes, sections, and the smallest step from one document to the next. */
import { Play, changeWith, provision } from '@revmark/shared/testing'
import type { Node } from 'prosemirror-model'
import { EditorState } from 'prosemirror-state'
import { expect, test } from 'vitest'
import { difference } from '../src/editor/difference.ts'
import { blocksOf, spotAt } from '../src/editor/lines.ts'
import { blockOf, docOf } from '../src/editor/render.ts'
import { attrsOf, schema } from '../src/editor/schema.ts'
import { Sheet } from './sheet.ts'

function drafting() {
  const play = new Play(['A', 'B'])
  const [a, b] = play.players.map(({ delegate }) => delegate)
  return { play, a: a!, b: b! }
}

const blocks = ({ state }: Sheet) => blocksOf(state.doc)

const marksIn = (sheet: Sheet, line: number): string[] => {
  const out: string[] = []
  blocks(sheet)[line]!.forEach(({ text, attrs: own, marks }) => {
    out.push(
      [
        text ?? `note ${own['id']}`,
        ...marks.map(({ type, attrs }) => `${type.name} ${Object.values(attrs).join(' ')}`),
      ].join(' | '),
    )
  })
  return out
}

test('words carry who inserted and who struck them; what was accepted stays in sight', () => {
  const { play, a, b } = drafting()
  a.pen.insert(a.at(7, 4), 'teen')
  play.sync()
  b.pen.erase(b.at(7, 2), b.at(7, 6))
  play.sync()
  const sheet = new Sheet(a.ledger, a.pen, 'marked')
  expect(marksIn(sheet, 7)).toEqual([
    'si',
    'x | del B pending',
    'note 1:153 | del B pending',
    'te | ins A pending | del B pending',
    'en | ins A pending',
    ',',
  ])
  play.decide('accept', [changeWith(play.meeting.ledger, 'teen')])
  play.sync()
  sheet.show()
  expect(marksIn(sheet, 7).at(-2)).toBe('en | ins A accepted')
})

test('a label that moves shows its letters as a revision, in the marked view only', () => {
  const { a } = drafting()
  a.pen.split(a.at(4, 'one two three;'.length))
  const labels = (view: 'marked' | 'clean') =>
    blocks(new Sheet(a.ledger, a.pen, view)).map((block) =>
      attrsOf(block).label.map(({ type, text }) => `${type} ${text}`),
    )
  expect(labels('marked').slice(4, 7)).toEqual([
    ['kept a)'],
    ['inserted b)'],
    ['deleted b', 'inserted c', 'kept )'],
  ])
  expect(labels('clean').slice(4, 7)).toEqual([['kept a)'], ['kept b)'], ['kept c)']])
})

test('whole paragraphs and their marks show as inserted, struck or joined', () => {
  const { a } = drafting()
  a.pen.split(a.at(4, 3))
  a.pen.strikeParagraphs([a.ledger.project('marked').paragraphs[6]!.key])
  a.pen.joinBackward(a.ledger.project('marked').paragraphs[9]!.key)
  const shown = blocks(new Sheet(a.ledger, a.pen, 'marked')).map(attrsOf)
  expect(shown[5]).toMatchObject({ ins: { delegation: 'A', state: 'pending' }, split: true })
  expect(shown[6]).toMatchObject({ del: { delegations: ['A'], state: 'pending' }, whole: true })
  expect(shown[9]).toMatchObject({ del: { delegations: ['A'], state: 'pending' }, whole: false })
  expect(shown.map(({ changed }) => changed).indexOf(true)).toBe(5)
})

test('a step replaces the paragraph that changed and nothing else', () => {
  const { a } = drafting()
  const sheet = new Sheet(a.ledger, a.pen, 'marked')
  const before = blocks(sheet)
  a.pen.insert(a.at(4, 4), 'and ')
  const step = difference(sheet.state.doc, sheet.fresh)!
  expect(spotAt(sheet.state.doc, step.from + 1)?.line).toBe(4)
  expect(spotAt(sheet.state.doc, step.to - 1)?.line).toBe(4)
  sheet.show()
  const after = blocks(sheet)
  expect(after.filter((block, i) => block !== before[i])).toHaveLength(1)
  expect(difference(sheet.state.doc, sheet.fresh)).toBeNull()
})

test('doubled letters, and blocks that come and go, are found', () => {
  const { a } = drafting()
  const sheet = new Sheet(a.ledger, a.pen, 'clean')
  for (const edit of [
    () => a.pen.insert(a.at(4, 1, 'clean'), 'oo'),
    () => a.pen.erase(a.at(4, 1, 'clean'), a.at(4, 2, 'clean')),
    () => a.pen.split(a.at(4, 2, 'clean')),
    () => a.pen.split(a.at(4, 0, 'clean')),
    () => a.pen.joinBackward(a.ledger.project('clean').paragraphs[6]!.key),
    () => a.pen.strikeParagraphs([a.ledger.project('clean').paragraphs[12]!.key]),
    () => a.pen.undo(),
  ]) {
    edit()
    sheet.show()
    expect(sheet.state.doc.eq(sheet.fresh)).toBe(true)
    sheet.state.doc.check()
  }
})

test('long drafts are divided, and sections keep their first blocks', () => {
  const lines = Array.from({ length: 620 }, (_, i) => provision(i ? 'text words' : 'number N'))
  const { delegate } = new Play(['A'], lines).players[0]!
  const paragraphs = () => delegate.ledger.project('marked').paragraphs
  const nodes = () => paragraphs().map((paragraph) => blockOf(paragraph, 'marked'))
  const empty = schema.node('doc')
  const keysOf = (doc: Node) => doc.children.map(({ attrs }) => attrs['key'])
  const first = docOf(nodes(), empty)
  expect(first.childCount).toBe(13)
  let state = EditorState.create({ schema, doc: first })
  for (let i = 0; i < 60; i++) {
    delegate.pen.split(delegate.at(70, 2))
    const next = docOf(nodes(), state.doc)
    state = state.apply(state.tr.step(difference(state.doc, next)!))
  }
  expect(blocksOf(state.doc)).toHaveLength(680)
  expect(keysOf(state.doc)).toEqual(expect.arrayContaining(keysOf(first)))
  state.doc.forEach((section) => expect(section.childCount).toBeLessThanOrEqual(100))
  expect(docOf(nodes().slice(0, 150), empty).childCount).toBe(1)
})
