import fc from 'fast-check'
import { expect, test } from 'vitest'
import { criticMarkup, markedViews, plainText } from '../src/text/index.ts'
import { labelRevision } from '../src/resolution/index.ts'
import { Play, played, scripts } from '../src/testing/index.ts'
import { resolveCritic } from './text-critic.ts'
import { Draft, provision } from './text-draft.ts'

const numRuns = Number(process.env['FUZZ'] ?? 100)

const base = [
  'number RESOLUTION 45 (Rev. Dubai, 2014)',
  'title Spam',
  'call recalling',
  'item a) one;',
  'item b) two;',
  'item c) three,',
]

/** Does the edits, checks that the marks read both ways, and returns the lines that have marks. */
function marks(edit: (draft: Draft) => void, lines = base): string[] {
  const draft = new Draft(lines.map(provision))
  edit(draft)
  const text = criticMarkup(markedViews(draft.ledger))
  expect(resolveCritic(text, 'accept')).toBe(plainText(draft.project('clean')))
  expect(resolveCritic(text, 'reject')).toBe(plainText(draft.project('base')))
  return text.split('\n').filter((line) => /[{¶]/.test(line))
}

test('plain text: one paragraph a line, label TAB text, no TAB without a label', () => {
  const draft = new Draft(base.map(provision))
  expect(plainText(draft.project('base'))).toBe(
    'RESOLUTION 45 (Rev. Dubai, 2014)\nSpam\nrecalling\na)\tone;\nb)\ttwo;\nc)\tthree,\n',
  )
})

test('an untouched draft has no marks', () => {
  expect(marks(() => {})).toEqual([])
})

test('a replacement: deletion, then insertion', () => {
  const lines = marks((draft) =>
    draft.as('B', (pen) => pen.replace(draft.at(0, 20), draft.at(0, 25), 'Buenos Aires')),
  )
  expect(lines).toEqual(['RESOLUTION 45 (Rev. {--Dubai--}{++Buenos Aires++}, 2014)'])
})

test('an inserted paragraph moves the labels after it, letter by letter', () => {
  const lines = marks((draft) =>
    draft.as('B', (pen) => pen.insert(pen.split(draft.at(3, 4)), 'new;')),
  )
  expect(lines).toEqual(['{++b)\tnew;¶++}', '{--b--}{++c++})\ttwo;', '{--c--}{++d++})\tthree,'])
})

test('a deleted paragraph keeps its base label', () => {
  const lines = marks((draft) =>
    draft.as('B', (pen) => pen.strikeParagraphs([draft.paragraphs[3]!.key])),
  )
  expect(lines).toEqual(['{--a)\tone;¶--}', '{--b--}{++a++})\ttwo;', '{--c--}{++b++})\tthree,'])
})

test('the last paragraph, deleted, goes with its own mark', () => {
  const lines = marks((draft) =>
    draft.as('B', (pen) => pen.strikeParagraphs([draft.paragraphs[5]!.key])),
  )
  expect(lines).toEqual(['{--c)\tthree,¶--}'])
})

test('a split has the mark at the end of its first half', () => {
  const lines = marks((draft) => draft.as('B', (pen) => pen.split(draft.at(4, 1))))
  expect(lines).toEqual(['b)\tt{++¶++}', '{++c)\t++}wo;', '{--c--}{++d++})\tthree,'])
})

test('a join has the mark at the end of what stands', () => {
  const lines = marks((draft) => draft.as('B', (pen) => pen.joinBackward(draft.paragraphs[4]!.key)))
  expect(lines).toEqual(['a)\tone;{--¶--}', '{--b)\t--}two;', '{--c--}{++b++})\tthree,'])
})

test("another's deletion of an insertion stands within it", () => {
  const lines = marks((draft) => {
    draft.as('B', (pen) => pen.insert(draft.at(3, 4), ' and more'))
    draft.as('USA', (pen) => pen.erase(draft.at(3, 5), draft.at(3, 8)))
  })
  expect(lines).toEqual(['a)\tone;{++ {--and--} more++}'])
})

test('an inserted paragraph that another deletes', () => {
  const lines = marks((draft) => {
    draft.as('B', (pen) => pen.insert(pen.split(draft.at(3, 4)), 'new;'))
    draft.as('USA', (pen) => pen.strikeParagraphs([draft.paragraphs[4]!.key]))
  })
  expect(lines).toEqual(['{++{--new;¶--}++}'])
})

test("a deleted paragraph with another's words in it stands", () => {
  const lines = marks((draft) => {
    draft.as('B', (pen) => pen.strikeParagraphs([draft.paragraphs[4]!.key]))
    draft.as('USA', (pen) => pen.insert(draft.at(4, 1), 'X'))
  })
  expect(lines).toEqual(['b)\t{--two;--}{++X++}'])
})

test('a paragraph that was withdrawn and stands is inserted by whose words it holds', () => {
  const lines = marks((draft) => {
    draft.as('B', (pen) => pen.insert(pen.split(draft.at(3, 4)), 'new;'))
    draft.as('USA', (pen) => pen.insert(draft.at(4, 3), 'X'))
    draft.as('B', (pen) => [pen.undo(), pen.undo()])
  })
  expect(lines).toEqual(['{++b)\tX¶++}', '{--b--}{++c++})\ttwo;', '{--c--}{++d++})\tthree,'])
})

test('a rejected split that the marked view hides opens a paragraph of the clean view', () => {
  const lines = marks((draft) => {
    draft.as('B', (pen) => pen.split(draft.at(4, 2)))
    draft.as('USA', (pen) => pen.strikeParagraphs([draft.paragraphs[4]!.key]))
    draft.as('CAN', (pen) => pen.insert(draft.at(5, 1), 'X'))
    draft.chair(
      'reject',
      draft.ledger.changes().find(({ kind }) => kind === 'split')!,
    )
  })
  expect(lines).toEqual(['a)\tone;{--¶--}', '{--b)\ttw--}{++¶++}', '{++b)\t++}o{++X++};'])
})

test('braces, backslashes and pilcrows of the text are letters', () => {
  const lines = marks(
    (draft) => draft.as('B', (pen) => pen.insert(draft.at(1, 4), '++}\\¶{--x')),
    [base[0]!, 'title {++¶'],
  )
  expect(lines).toEqual(['\\{++\\¶{++++\\}\\\\\\¶\\{--x++}'])
})

test(
  'CriticMarkup reads both ways whatever several delegations and a chair did',
  () => {
    fc.assert(
      fc.property(scripts(60), ({ seats, steps }) => {
        const play = new Play(seats)
        played(play, { steps }, () => [])
        const { ledger } = play.meeting
        const text = criticMarkup(markedViews(ledger))
        expect(resolveCritic(text, 'accept')).toBe(plainText(ledger.project('clean')))
        expect(resolveCritic(text, 'reject')).toBe(plainText(ledger.project('base')))
      }),
      { numRuns },
    )
  },
  20_000 + 500 * numRuns,
)

test('label revisions are as small as letters allow', () => {
  const shown = (from: string, to: string) =>
    labelRevision(from, to)
      .map(({ type, text }) => ({ kept: text, deleted: `-${text}-`, inserted: `+${text}+` })[type])
      .join('')
  expect(shown('b)', 'c)')).toBe('-b-+c+)')
  expect(shown('9', '10')).toBe('-9-+10+')
  expect(shown('10', '11')).toBe('1-0-+1+')
  expect(shown('a)', 'aa)')).toBe('a+a+)')
  expect(shown('', 'a)')).toBe('+a)+')
  expect(shown('a)', '')).toBe('-a)-')
  expect(shown('a)', 'a)')).toBe('a)')
  expect(shown('😀)', '😁)')).toBe('-😀-+😁+)')
})
