/**
 * Composing in a real browser, as an input method does it, wherever a caret or a selection can stand
 * and whatever somebody else does to the paragraph meanwhile. A browser that is disturbed begins to
 * compose again: that it began once and ended once is a part of every case.
 */
import type { View } from '@revmark/shared/ledger'
import { describe, expect, test } from 'vitest'
import { compose, deadKey, japanese, korean } from '../../e2e/composing.ts'
import type { Word } from '../../e2e/composing.ts'
import type { Deed, Point, Report } from './browser/page.ts'
import { executablePath, stageForAll } from './browser/stage.ts'

const theatre = stageForAll()
const { on } = theatre

const point = (letters: string, side: Point['side'] = 'behind', line = 4): Point => ({
  line,
  letters,
  side,
})

/** "one OWN two FOR three four five;": own and foreign words, own and foreign deletions. */
const carets: readonly [string, Point][] = [
  ['in the text in force', point('on')],
  ['at the start of a paragraph', point('one', 'before')],
  ['at the end of a paragraph', point('five;')],
  ['in an empty paragraph', point('', 'before', 7)],
  ['in own words', point('OW')],
  ['at the start of own words', point('OWN', 'before')],
  ['at the end of own words', point('OWN ')],
  ['in another’s words', point('FO')],
  ['at the start of another’s words', point('FOR', 'before')],
  ['at the end of another’s words', point('FOR ')],
]

const struckCarets: readonly [string, Point][] = [
  ['in what one has struck', point('thr')],
  ['at the start of what one has struck', point('three', 'before')],
  ['at the end of what one has struck', point('three')],
  ['in what another has struck', point('fou')],
  ['at the start of what another has struck', point('four', 'before')],
  ['at the end of what another has struck', point('four')],
]

const selections: readonly [string, Point, Point][] = [
  ['over words of the text in force', point('five', 'before'), point('five')],
  ['over own words', point('OWN', 'before'), point('OWN')],
  ['over words of everybody', point('n', 'before'), point('FO')],
  ['over several paragraphs', point('fi'), point('six', 'behind', 5)],
]

const struckSelections: readonly [string, Point, Point][] = [
  ['over what is struck', point('three', 'before'), point('four')],
]

const deeds: readonly Deed[] = [
  'types before',
  'types behind',
  'strikes before',
  'strikes around',
  'splits before',
  'splits behind',
  'joins it to the one before',
  'joins the next one to it',
  'deletes it',
  'types elsewhere',
]

/** What stands under the caret on the way to a word, and must not be left over. */
const leftOver = /[ｎｈにほん´ㅎ하]/

async function settled(): Promise<Report> {
  let report!: Report
  await expect
    .poll(
      async () => {
        report = await on('report')
        return !report.isOn && report.document.join('\n') === report.projected.join('\n')
      },
      { timeout: 5000 },
    )
    .toBe(true)
  return report
}

/** Composes a word over a selection, and holds everything against everything. */
async function composes(
  view: View,
  word: Word,
  [from, to]: readonly [Point, Point],
  deed?: Deed,
): Promise<void> {
  await on('open', view)
  await on('select', from, to)
  const counts = await compose(theatre.page, word, async () => {
    if (deed) await on('canada', deed)
  })
  const report = await settled()
  expect(counts).toEqual({ begun: 1, ended: 1 })
  expect(report.dom).toEqual(report.document)
  expect(report.said).toEqual([])
  expect(report.isBaseWhole).toBe(true)
  expect(report.isConverged).toBe(true)
  const text = report.document.join('\n')
  expect(text.split(word.committed)).toHaveLength(2)
  expect(text.replace(word.committed, '')).not.toMatch(leftOver)
  // One word, one step.
  await on('undo')
  expect((await settled()).document.join('\n')).not.toContain(word.committed)
}

const words: readonly [string, Word][] = [
  ['Japanese', japanese],
  ['a dead key', deadKey],
  ['Korean', korean],
]

describe.skipIf(!executablePath)('composing, skipped where there is no browser', () => {
  describe.each(words)('%s', (_, word) => {
    test.each([...carets, ...struckCarets])('marked, %s', async (_where, at) => {
      await composes('marked', word, [at, at])
    })
    test.each([...selections, ...struckSelections])('marked, %s', async (_where, from, to) => {
      await composes('marked', word, [from, to])
    })
    test.each(carets)('clean, %s', async (_where, at) => {
      await composes('clean', word, [at, at])
    })
    test.each(selections)('clean, %s', async (_where, from, to) => {
      await composes('clean', word, [from, to])
    })
  })

  test('a keyboard that rests in a word lets the words of others in', async () => {
    await on('open', 'marked')
    await on('select', point('two'), point('two'))
    const cdp = await theatre.page.context().newCDPSession(theatre.page)
    await cdp.send('Input.imeSetComposition', { text: 'abc', selectionStart: 3, selectionEnd: 3 })
    await on('canada', 'types before')
    expect((await on('report')).document.join('\n')).not.toContain('XY')
    await expect
      .poll(async () => (await on('report')).document.join('\n'), { timeout: 8000 })
      .toMatch(/XYone OWN twoabc/)
    const { document, projected, dom } = await on('report')
    expect(document).toEqual(projected)
    expect(dom).toEqual(document)
    // The keyboard goes on with its word, and what it commits stands once.
    await cdp.send('Input.imeSetComposition', { text: 'abcd', selectionStart: 4, selectionEnd: 4 })
    await cdp.send('Input.insertText', { text: 'abcd' })
    const report = await settled()
    expect(report.document.join('\n')).toContain('XYone OWN twoabcd FOR')
    expect(report.isConverged).toBe(true)
  }, 20_000)

  describe.each([
    ['Japanese', 'marked', japanese],
    ['Japanese', 'clean', japanese],
    ['a dead key', 'marked', deadKey],
    ['Korean', 'marked', korean],
  ] as const)('%s, %s, while another delegation', (_, view, word) => {
    test.each(deeds)('%s', async (deed) => {
      await composes(view, word, [point('two'), point('two')], deed)
    })
  })
})
