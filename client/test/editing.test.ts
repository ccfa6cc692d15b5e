/**
 * What keys do in the marked view, row by row of the table that the editor was built by; and edits
 * that the model does not know, from wherever they come.
 */
import { describe, expect, test } from 'vitest'
import { compose, japanese } from '../../e2e/composing.ts'
import type { Point } from './browser/page.ts'
import { before, line, others, point, rows } from './browser/key-table.ts'
import { executablePath, stageForAll } from './browser/stage.ts'

const theatre = stageForAll()
const { on } = theatre

/** A machine may be busy; what is waited for comes mostly at once. */
const patience = { timeout: 10_000 }

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await theatre.page.keyboard.press(key)
}

const withoutCaret = (lines: readonly string[]): string[] =>
  lines.map((one) => one.replace('|', ''))

const inked = async (): Promise<readonly string[]> => (await on('inked')).slice(4)

describe.skipIf(!executablePath)('editing, skipped where there is no browser', () => {
  test.each(rows)('$row: $must', async ({ from, to = from, keys, seen, clean }) => {
    await on('open', 'marked')
    await on('select', from, to)
    await press(...keys)
    // An arrow's new selection is told a moment later.
    await expect.poll(inked, patience).toEqual(seen)
    if (!clean) return
    await on('open', 'clean')
    await on('select', clean, clean)
    await press(...keys)
    await on('read', 'marked')
    expect(withoutCaret(await inked())).toEqual(withoutCaret(seen))
  })

  test('a paste of two paragraphs: words, an own mark, words', async () => {
    await on('open', 'marked')
    await on('select', point('tw'), point('tw'))
    await on('paste', '', 'new\nlines')
    expect(await inked()).toEqual([
      'one +B(OWN )tw+B(new)',
      '+B(¶)+B(lines)|o +CAN(FOR )-B(three) -CAN(four) five;',
      ...others,
    ])
  })

  test('pasted marks of another delegation are one’s own words, forged or copied', async () => {
    for (const html of ['<ins data-delegation="CAN" data-state="accepted">FOR </ins>', null]) {
      await on('open', 'marked')
      await on('select', before('FOR'), point('FOR '))
      const clip = await on('copied')
      await on('select', point('tw'), point('tw'))
      await on('paste', html ?? clip.html, clip.plain)
      expect((await inked())[0]).toBe(
        'one +B(OWN )tw+B(FOR )|o +CAN(FOR )-B(three) -CAN(four) five;',
      )
    }
  })

  test('at the border of two sections keys do what they do elsewhere', async () => {
    const border = async (keys: string[], from: Point): Promise<readonly string[]> => {
      await on('open', 'marked', 160)
      await on('select', from, from)
      await press(...keys)
      return (await on('inked')).slice(48, 52)
    }
    const [former, first, second] = ['item 41;', 'item 42;', 'item 43;']
    await on('open', 'marked', 160)
    expect(await theatre.page.locator('.section').count()).toBeGreaterThan(2)
    expect(await theatre.page.locator('.section').nth(1).locator('p').first().textContent()).toBe(
      second,
    )
    const at = before(second, 50)
    expect(await border(['Backspace'], at)).toEqual([
      former,
      `${first}|`,
      `-B(¶)${second}`,
      'item 44;',
    ])
    expect(await border(['Enter'], at)).toEqual([former, first, '+B(¶)', `|${second}`])
    expect(await border(['Enter', 'Backspace'], at)).toEqual([
      former,
      first,
      `|${second}`,
      'item 44;',
    ])
    const end = point(first, 49)
    expect(await border(['Delete'], end)).toEqual([former, first, `-B(¶)|${second}`, 'item 44;'])
    expect(await border(['Enter', 'x'], end)).toEqual([former, first, '+B(¶)+B(x)|', second])
    expect(await border(['ArrowRight', 'x'], end)).toEqual([
      former,
      first,
      `+B(x)|${second}`,
      'item 44;',
    ])
    expect(await border(['ArrowDown', 'x'], end)).toEqual([
      former,
      first,
      `${second}+B(x)|`,
      'item 44;',
    ])
  })

  test.each(['marked', 'clean'] as const)('a format chosen at a caret, %s', async (view) => {
    const c = async (): Promise<string> => (await on('marked'))[5]!
    await on('open', view)
    await on('select', point('six', 5), point('six', 5))
    await press('Control+i', 'a', 'b', 'Control+i', 'c', 'Control+.', '2', 'Control+.', 'd')
    expect(await c()).toBe('item/1 c) six*ab*c^2^d seven;')
    expect((await on('changes')).filter((change) => change.includes('abc2d'))).toHaveLength(1)
    await on('undo')
    expect(await c()).toBe('item/1 c) six seven;')
    // It goes on behind one's own letters, also after a correction, and is forgotten elsewhere.
    await press('Control+b', 'x', 'y', 'Backspace', 'z', 'Control+i')
    await on('select', point('even', 5), point('even', 5))
    await press('e', 'Control+i')
    await on('select', point('eve', 5), point('eve', 5))
    await press('r')
    expect(await c()).toBe('item/1 c) six**xz** severne;')
    // Amid formatted letters, and in place of some.
    await on('open', view)
    await on('select', before('seven', 5), point('seven', 5))
    await press('Control+i')
    await on('select', point('sev', 5), point('sev', 5))
    await press('w')
    expect(await c()).toBe('item/1 c) six *sevwen*;')
    await on('select', before('vwe', 5), point('vwe', 5))
    await press('o')
    await on('read', 'clean')
    expect(await c()).toBe('item/1 c) six *seon*;')
  })

  test('what is replaced everywhere looks as what it takes the place of', async () => {
    await on('open', 'clean')
    await on('select', before('seven', 5), point('seven', 5))
    await press('Control+i')
    await on('replaceAll', 'eve', 'eigh')
    await on('replaceAll', 'six', 'ten')
    expect((await on('marked'))[5]).toBe('item/1 c) ten *seighn*;')
    await on('undo')
    expect((await on('marked'))[5]).toBe('item/1 c) six *seighn*;')
  })

  test('a format chosen at a caret holds for a composed word', async () => {
    await on('open', 'marked')
    await on('select', point('six', 5), point('six', 5))
    await press('Control+i')
    expect(await compose(theatre.page, japanese)).toEqual({ begun: 1, ended: 1 })
    await expect
      .poll(async () => (await on('marked'))[5], patience)
      .toBe('item/1 c) six*日本* seven;')
    await showsTheDraft()
  })

  const refused = 'This edit cannot be kept as a change, so it was not made.'

  /** The words of the third paragraph, "recalling", as positions of the document. */
  const [start, end] = [36, 45]
  const letters = (text: string, from = start, to = from) => ({
    stepType: 'replace',
    from,
    to,
    slice: { content: [{ type: 'text', text }] },
  })
  const note = { type: 'note', attrs: { id: '9:9', label: [], by: null } }
  const block = { type: 'block', content: [{ type: 'text', text: 'new' }] }
  const italics = { stepType: 'addMark', mark: { type: 'italic' }, from: start, to: end }
  const odd: readonly (readonly [string, readonly unknown[]])[] = [
    ['a mark', [{ stepType: 'addMark', mark: { type: 'bold' }, from: start, to: end }]],
    ['a mark gone', [{ stepType: 'removeMark', mark: { type: 'bold' }, from: start, to: end }]],
    ['another kind', [{ stepType: 'attr', pos: start - 1, attr: 'kind', value: 'item' }]],
    ['a reference to nothing', [{ ...letters(''), slice: { content: [note] } }]],
    ['letters that no draft holds', [letters('a\u0007b')]],
    ['a sign that stands for a reference', [letters('a\ufffcb')]],
    [
      'a paragraph between paragraphs',
      [{ ...letters('', start - 1), slice: { content: [block] } }],
    ],
    [
      'a paragraph around another',
      [
        {
          stepType: 'replaceAround',
          from: start - 1,
          to: end + 1,
          gapFrom: start,
          gapTo: end,
          insert: 1,
          slice: { content: [{ type: 'block', attrs: { kind: 'item' } }] },
          structure: true,
        },
      ],
    ],
    ['words, and then a mark', [letters('good '), italics]],
    [
      'words twice, and then letters that no draft holds',
      [letters('one '), letters('two ', 40), letters('\u0000', 41)],
    ],
    ['a mark, and then words', [italics, letters('good ')]],
  ]

  test.each(odd)('%s is refused in words, and nothing of it is written', async (_, steps) => {
    await on('open', 'marked')
    const { document } = await on('report')
    await on('dispatch', steps)
    const report = await on('report')
    expect(report.said).toEqual([refused])
    expect(report.written).toBe(0)
    expect(report.document).toEqual(document)
    expect(report.dom).toEqual(report.document)
  })

  /** Commands as menus and keyboards on the screen give them, without a key. */
  const commands: readonly (readonly [string, readonly string[], string | null])[] = [
    ['InsertParagraph', ['one +B(OWN )two', '+B(¶)| +CAN(FOR )-B(three) -CAN(four) five;'], null],
    ['InsertLineBreak', ['one +B(OWN )two', '+B(¶)| +CAN(FOR )-B(three) -CAN(four) five;'], null],
    ['InsertNewline', ['one +B(OWN )two', '+B(¶)| +CAN(FOR )-B(three) -CAN(four) five;'], null],
    ['DeleteBackward', ['one +B(OWN )tw|-B(o) +CAN(FOR )-B(three) -CAN(four) five;'], null],
    ['InsertHorizontalRule', [line.replace('two', 'two|')], refused],
    ['InsertOrderedList', [line.replace('two', 'two|')], refused],
    ['InsertUnorderedList', [line.replace('two', 'two|')], refused],
    ['Indent', [line.replace('two', 'two|')], refused],
    ['Underline', [line.replace('two', 'two|')], refused],
  ]

  test.each(commands)('the browser’s %s', async (name, seen, words) => {
    await on('open', 'marked')
    await on('select', point('two'), point('two'))
    const protocol = await theatre.page.context().newCDPSession(theatre.page)
    await protocol.send('Input.dispatchKeyEvent', { type: 'keyDown', commands: [name] })
    await expect.poll(inked, patience).toEqual([...seen, ...others])
    await expect
      .poll(async () => (await on('report')).said, patience)
      .toEqual(words === null ? [] : [words])
    await showsTheDraft()
  })

  /** Scripts and extensions ask nobody; what they did to the sheet is read as letters. */
  const forced = [
    'bold',
    'indent',
    'insertOrderedList',
    'formatBlock',
    'insertHorizontalRule',
    'insertImage',
    'createLink',
    'insertHTML',
    'insertParagraph',
    'insertLineBreak',
  ]
  test.each(forced)('whatever a script makes of “%s”, the sheet shows the draft', async (name) => {
    await on('open', 'marked')
    await on('select', before('two'), point('two'))
    await on('command', name, name === 'formatBlock' ? 'h1' : '<b>x</b><hr><p>y</p>')
    await showsTheDraft()
  })

  async function showsTheDraft(): Promise<void> {
    await expect
      .poll(async () => {
        const { document, projected, dom } = await on('report')
        return { document, dom, isProjected: document.join('\n') === projected.join('\n') }
      }, patience)
      .toSatisfy(
        ({ document, dom, isProjected }) => isProjected && dom.join('\n') === document.join('\n'),
      )
    const { isBaseWhole, isConverged } = await on('report')
    expect({ isBaseWhole, isConverged }).toEqual({ isBaseWhole: true, isConverged: true })
  }
})
