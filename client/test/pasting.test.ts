/** What comes from the clipboards of word processors, web pages and our own sheet, in a real browser. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { point } from './browser/key-table.ts'
import type { Point } from './browser/page.ts'
import { executablePath, stageForAll } from './browser/stage.ts'

const fixture = (name: string): string =>
  readFileSync(new URL(`clipboard/${name}.html`, import.meta.url), 'utf8')

const theatre = stageForAll()
const { on } = theatre

const caret = (at: Point) => on('select', at, at)

const press = (keys: string) => theatre.page.keyboard.press(keys)

/** The paragraphs from the sixth of the draft on, which is "c) six seven;". */
const tail = async (): Promise<readonly string[]> => (await on('marked')).slice(5)

const said = async (): Promise<readonly string[]> => (await on('report')).said

async function agree(): Promise<void> {
  const report = await on('report')
  expect(report.document).toEqual(report.projected)
  expect(report.dom.map((line) => line.replaceAll(/\d+$/g, ''))).toHaveLength(
    report.document.length,
  )
  expect(report.isBaseWhole).toBe(true)
  expect(report.isConverged).toBe(true)
}

/** What all four of the clipboards hold: calls, labelled items, formats, lists in lists, a table, a link. */
const passage = (notes: boolean): string[] => [
  'item/1 c) six seven;',
  'call/1 recalling',
  `item/1 a) the *first* **bold** reason and H~2~O${notes ? '[^1]' : ''};`,
  'item/1 b) the 2^nd^ one,',
  'call/1 recognizing',
  'item/1 a) that one',
  'item/2 i) inner',
  'item/3 i) innermost',
  `item/1 b) that two${notes ? '[^2]' : ''}`,
  'text/1 Region',
  'text/1 Members',
  'text/1 Asia',
  'text/1 *38*',
  'text/1 Some words with a link.',
]

const rest = ['item/1 c) eight;', 'item/1 d)']
const bodies = ['footnote/1 1 The *note* words.', 'footnote/1 2 Another one.']
const cells = 'The cells of tables became paragraphs, row by row.'

const sources = [
  ['word', [...passage(true), ...rest, ...bodies], `Left out: 1 picture, 1 comment. ${cells}`],
  [
    'libreoffice',
    [...passage(true), 'text/1 *A picture*', ...rest, ...bodies],
    `Left out: 1 picture. ${cells}`,
  ],
  ['google-docs', [...passage(false), ...rest], `Left out: 1 picture. ${cells}`],
  [
    'web-page',
    [...passage(true), 'text/1 A picture', ...rest, ...bodies],
    `Left out: 1 picture. ${cells}`,
  ],
] as const

describe.skipIf(!executablePath)('pasting, skipped where there is no browser', () => {
  test.each(sources)(
    'from %s come calls, items, formats, lists and footnotes, as one step',
    async (name, paragraphs, words) => {
      await on('open', 'marked')
      const before = await on('marked')
      await caret(point('seven;', 5))
      await on('paste', fixture(name), 'not this')
      expect(await tail()).toEqual(paragraphs)
      expect(await said()).toEqual([words])
      await agree()
      await on('read', 'clean')
      expect(await tail()).toEqual(paragraphs)
      await on('undo')
      await on('read', 'marked')
      expect(await on('marked')).toEqual(before)
      await on('redo')
      expect(await tail()).toEqual(paragraphs)
      await agree()
    },
  )

  test('formatted words in a paragraph are one change, also in place of others', async () => {
    await on('open', 'marked')
    await on('select', point('six', 5, 'before'), point('six', 5))
    await on('paste', '<meta charset="utf-8"><span>the <i>sixth</i> and 7<sup>th</sup></span>', '')
    expect((await tail())[0]).toBe('item/1 c) {-six-}the *sixth* and 7^th^ seven;')
    expect((await on('changes')).at(-2)).toBe('replacement six the sixth and 7th')
    await on('undo')
    expect((await tail())[0]).toBe('item/1 c) six seven;')
  })

  test('what a call and a title look like of themselves is no format of their letters', async () => {
    await on('open', 'marked')
    await caret(point('recalling', 2))
    await on('paste', '<i> <b>also</b></i>', '')
    await caret(point('Telecommunications', 1))
    await on('paste', '<b> <i>now</i></b>', '')
    expect((await on('marked')).slice(1, 3)).toEqual([
      'title/1 Telecommunications *now*',
      'call/1 recalling **also**',
    ])
  })

  test('spaces at the ends of copied words stay, those of a source’s layout do not', async () => {
    await on('open', 'marked')
    await caret(point('six', 5))
    await on('paste', '<meta charset="utf-8">\n<span> and\n   a&nbsp;half </span>\n', '')
    expect((await tail())[0]).toBe('item/1 c) six and a\u00a0half  seven;')
  })

  test.each(['marked', 'clean'] as const)(
    'our own copies carry formats and footnotes back and forth, %s',
    async (view) => {
      await on('open', view)
      await on('select', point('six', 5, 'before'), point('six', 5))
      await press('Control+i')
      await caret(point('seven', 5))
      await press('Control+Alt+f')
      await theatre.page.keyboard.type('As  adopted.')
      await on('select', point('six', 5, 'before'), point(';', 5))
      const clip = await on('copied')
      expect(clip.plain).toBe('c)\tsix seven1;')
      const changes = (await on('changes')).length
      await caret(point('eight', 6))
      await on('paste', clip.html, clip.plain.slice(3))
      expect((await tail()).slice(0, 2)).toEqual([
        'item/1 c) *six* seven[^1];',
        'item/1 d) eight*six* seven[^2];;',
      ])
      expect((await tail()).slice(-2)).toEqual([
        'footnote/1 1 As  adopted.',
        'footnote/1 2 As  adopted.',
      ])
      expect(await on('changes')).toHaveLength(changes + 1)
      expect(await on('changes')).toContain('insertion six seven [footnote: As  adopted.];')
      expect(await said()).toEqual([])
      await agree()
      await on('undo')
      expect((await tail())[1]).toBe('item/1 d) eight;')
    },
  )

  test('a footnote goes into no footnote, and one without its words into no text', async () => {
    await on('open', 'marked')
    await caret(point('seven', 5))
    await press('Control+Alt+f')
    await on('paste', fixture('word'), '')
    expect((await tail()).at(-1)).toMatch(
      /^footnote\/1 1 \*recalling\* the \*first\* \*\*bold\*\* reason/,
    )
    expect((await said())[0]).toBe(
      'Footnotes stand in the text, not in another footnote: they were left out.',
    )
    await agree()
    await on('open', 'marked')
    await caret(point('six', 5))
    const bare = '<p>so<a style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1">[1]</a></p>'
    await on('paste', bare, 'so[1]')
    expect((await tail())[0]).toBe('item/1 c) sixso seven;')
    expect(await said()).toEqual(['Left out: 1 footnote whose words did not come along.'])
  })

  test('what has no words says so, and nothing is changed', async () => {
    await on('open', 'marked')
    const before = await on('marked')
    await caret(point('six', 5))
    await on('paste', '<img src="x.png"><svg></svg>', '')
    expect(await on('marked')).toEqual(before)
    expect(await said()).toEqual(['Nothing was put in. Left out: 2 pictures.'])
  })

  test('two thousand paragraphs are pasted at once, more are refused in words', async () => {
    const paragraphs = (count: number) => `<p>${'ninety letters, '.repeat(6)}</p>`.repeat(count)
    await on('open', 'marked')
    await caret(point('seven;', 5))
    await on('paste', paragraphs(2001), '')
    expect(await tail()).toHaveLength(3)
    expect(await said()).toEqual([
      expect.stringMatching(/^This is too much to put in at once: 2001 /),
    ])
    // About half a second on two cores; what grew with the square would not end in the test's time.
    await on('paste', paragraphs(2000), '')
    expect(await tail()).toHaveLength(2002)
    await on('undo')
    expect(await tail()).toHaveLength(3)
  })
})
