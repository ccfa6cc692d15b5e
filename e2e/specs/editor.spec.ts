/**
 * The editor in a real browser. After every edit: what is on screen is what somebody sees who opens
 * the draft anew, and the text in force is what it was.
 */
import { compose, deadKey, japanese, korean } from '../composing.ts'
import { expect, test } from '../fixtures.ts'
import type { DraftPage } from '../pages.ts'

type Enter = (who: string) => Promise<DraftPage>

/** A paragraph as `label words`, `[-struck-]` and `{+inserted+}`, whoever did it. */
async function marks(draft: DraftPage): Promise<string[]> {
  return draft.sheet.locator('.provision').evaluateAll((provisions) =>
    provisions.map((provision) => {
      const marked = (words: string, element: Element): string => {
        const by = (tag: string) => element.closest(tag)?.getAttribute('data-delegation')
        const inserted = by('ins') ? `{+${words}+}` : words
        return by('del') ? `[-${inserted}-]` : inserted
      }
      const walker = document.createTreeWalker(provision.querySelector('p')!, NodeFilter.SHOW_TEXT)
      let words = ''
      while (walker.nextNode()) {
        words += marked(walker.currentNode.textContent!, walker.currentNode.parentElement!)
      }
      const { label = '', ins = '', del = '' } = (provision as HTMLElement).dataset
      // Somebody's caret may stand within a run.
      const joined = words.replaceAll('-][-', '').replaceAll('+}{+', '')
      return [label, ins && '+¶', del && '-¶', joined].filter(Boolean).join(' ')
    }),
  )
}

class Stage {
  readonly brazil: DraftPage
  readonly canada: DraftPage
  private readonly enter: Enter
  private readonly base: readonly string[]

  private constructor(enter: Enter, brazil: DraftPage, canada: DraftPage, base: readonly string[]) {
    this.enter = enter
    this.brazil = brazil
    this.canada = canada
    this.base = base
  }

  static async open(enter: Enter): Promise<Stage> {
    const brazil = await enter('Brazil')
    const canada = await enter('Canada')
    return new Stage(enter, brazil, canada, await brazil.lines())
  }

  /** Everybody sees what a newcomer sees, and the text in force is what it was. */
  async agree(): Promise<void> {
    await this.brazil.saved()
    await this.canada.saved()
    const reader = await this.enter('observer')
    const fresh = await marks(reader)
    await expect.poll(() => marks(this.brazil)).toEqual(fresh)
    await expect.poll(() => marks(this.canada)).toEqual(fresh)
    await reader.view('Base')
    expect(await reader.lines()).toEqual(this.base)
    await reader.page.close()
  }
}

/** The marks of the one paragraph that holds some letters. */
async function markOf(draft: DraftPage, letters: string): Promise<string | undefined> {
  return (await marks(draft)).find((line) => line.includes(letters))
}

test('typing, deleting and replacing', async ({ enter }) => {
  const stage = await Stage.open(enter)
  const { brazil } = stage
  await brazil.replace('Dubai', 'Buenos Aires')
  expect(await markOf(brazil, 'RESOLUTION 45')).toContain('[-Dubai-]{+Buenos Aires+}, 2014')
  await brazil.caretAfter('(Dubai, 2014')
  await brazil.press('Backspace')
  await brazil.type('7')
  expect(await markOf(brazil, 'The World')).toContain('(Dubai, 201[-4-]{+7+}),')
  // Own words go without a trace.
  await brazil.press('Backspace')
  expect(await markOf(brazil, 'The World')).toContain('(Dubai, 201[-4-]),')
  // The key passes over what is struck already.
  await brazil.press('Backspace')
  expect(await markOf(brazil, 'The World')).toContain('(Dubai, 20[-14-]),')
  await brazil.press('Delete')
  await brazil.press('Control+Backspace')
  expect(await markOf(brazil, 'The World')).toContain('(Dubai, [-2014)-],')
  await stage.agree()
})

test('hard spaces and hyphens are written by key, and taken back', async ({ enter }) => {
  const draft = await enter('Brazil')
  await draft.select('cooperation')
  await draft.press('Control+Shift+Space')
  await draft.press('Control+Shift+Minus')
  await draft.type('x')
  await expect(draft.change('\u00A0')).toBeVisible()
  await draft.view('Clean')
  const title = draft.sheet.locator('.provision').nth(1)
  const words = () => title.evaluate((element) => element.querySelector('p')!.textContent)
  expect(await words()).toContain('enhancing \u00A0\u2011x on')
  for (let i = 0; i < 3; i++) await draft.press('Control+z')
  expect(await words()).toContain('enhancing cooperation on')
})

test('Enter at the start, in the middle and at the end; Backspace at the start', async ({
  enter,
}) => {
  const stage = await Stage.open(enter)
  const { brazil } = stage
  await brazil.caretAfter('Resolution 174 ')
  await brazil.press('Home')
  await brazil.press('Enter')
  await brazil.press('ArrowUp')
  await brazil.type('first;')
  expect((await brazil.lines()).slice(5, 7)).toEqual([
    'b) first;',
    expect.stringMatching(/^-bc\) Resolution 174/),
  ])
  await brazil.caretAfter('Resolution 174')
  await brazil.press('Enter')
  expect((await brazil.lines()).slice(6, 8)).toEqual([
    '-bc) Resolution 174',
    expect.stringMatching(/^d\) {2}?\(Guadalajara|^d\) \(Guadalajara/),
  ])
  await brazil.press('Backspace')
  expect(await markOf(brazil, 'Resolution 174')).toContain('Resolution 174 (Guadalajara')
  await brazil.caretAfter('child online protection;')
  await brazil.press('Enter')
  await brazil.type('last;')
  expect((await brazil.lines())[8]).toBe('e) last;')
  await stage.agree()
  // A paragraph of the text in force is joined by a struck mark.
  await brazil.caretAfter('Resolution 181')
  await brazil.press('Home')
  await brazil.press('Backspace')
  expect(await markOf(brazil, 'Resolution 181')).toMatch(/-¶ Resolution 181|-¶/)
  await brazil.view('Clean')
  expect((await brazil.lines())[8]).toMatch(/^e\) last;Resolution 181/)
  await brazil.view('Marked')
  await stage.agree()
})

test('pasting paragraphs, undo and redo', async ({ enter }) => {
  const stage = await Stage.open(enter)
  const { brazil } = stage
  const before = await marks(brazil)
  await brazil.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await brazil.page.evaluate(() => navigator.clipboard.writeText('one;\r\n\r\ntwo;\nthree '))
  await brazil.caretAfter('recalling')
  await brazil.press('ArrowDown')
  await brazil.press('Home')
  await brazil.press('Control+v')
  expect((await brazil.lines()).slice(4, 7)).toEqual([
    'a) one;',
    'b) two;',
    expect.stringMatching(/^c\) three Resolution 130/),
  ])
  const pasted = await marks(brazil)
  await stage.agree()
  await brazil.press('Control+z')
  expect(await marks(brazil)).toEqual(before)
  await brazil.press('Control+Shift+z')
  expect(await marks(brazil)).toEqual(pasted)
  await brazil.press('Control+z')
  await stage.agree()
})

test('a selection across paragraphs is replaced, and struck paragraphs stay in sight', async ({
  enter,
}) => {
  const stage = await Stage.open(enter)
  const { brazil } = stage
  await brazil.caretAfter('Resolution 179')
  await brazil.page.keyboard.down('Shift')
  await brazil.press('ArrowDown')
  await brazil.press('ArrowDown')
  await brazil.page.keyboard.up('Shift')
  await brazil.type('new')
  await brazil.view('Clean')
  expect((await brazil.lines()).filter((line) => line.includes('Resolution 179new'))).toHaveLength(
    1,
  )
  await brazil.view('Marked')
  await stage.agree()
  await brazil.caretAfter('the noble principles')
  await brazil.press('Control+Shift+Backspace')
  expect(await markOf(brazil, 'the noble principles')).toMatch(/^-¶ \[-the noble principles.*-\]$/)
  await stage.agree()
})

test('words are dragged and cut, each in one step', async ({ enter }) => {
  const stage = await Stage.open(enter)
  const { brazil } = stage
  const before = await marks(brazil)
  await brazil.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await brazil.select('enhancing ')
  const { mouse } = brazil.page
  await mouse.move(...(await middleOf(brazil, 'enhancing ')))
  await mouse.down()
  await mouse.move(...(await middleOf(brazil, 'spam')), { steps: 8 })
  await mouse.up()
  expect(await markOf(brazil, 'Mechanisms')).toMatch(
    /^Mechanisms for \[-enhancing -\]cooperation .*\{\+enhancing \+\}/,
  )
  await stage.agree()
  await brazil.press('Control+z')
  expect(await marks(brazil)).toEqual(before)
  await brazil.caretAfter('Resolution 130')
  await brazil.page.keyboard.down('Shift')
  await brazil.press('ArrowDown')
  await brazil.press('ArrowDown')
  await brazil.press('ArrowDown')
  await brazil.page.keyboard.up('Shift')
  await brazil.press('Control+x')
  const gone = (await marks(brazil)).filter((line) => line.includes('[-')).join('\n')
  expect(gone).toMatch(/^a\) Resolution 130\[- .*-\]\n-¶ \[-Resol/)
  await stage.agree()
  await brazil.press('Control+z')
  expect(await marks(brazil)).toEqual(before)
  await stage.agree()
})

test('composing in base, own and struck text, and over a selection', async ({ enter }) => {
  const stage = await Stage.open(enter)
  const { brazil } = stage
  const once = { begun: 1, ended: 1 }
  await brazil.caretAfter('Mechanisms')
  expect(await compose(brazil.page, japanese)).toEqual(once)
  await expect.poll(() => markOf(brazil, 'Mechanisms')).toContain('Mechanisms{+日本+} for')
  expect(await compose(brazil.page, korean)).toEqual(once)
  await expect.poll(() => markOf(brazil, 'Mechanisms')).toContain('Mechanisms{+日本한+} for')
  await brazil.press('Backspace')
  await brazil.caretAfter('cybersecurity')
  expect(await compose(brazil.page, deadKey)).toEqual(once)
  await brazil.select('Guadalajara')
  expect(await compose(brazil.page, japanese)).toEqual(once)
  await expect.poll(() => markOf(brazil, 'Resolution 130')).toContain('[-Guadalajara-]{+日本+},')
  await brazil.select('Resolution 174')
  await brazil.press('Delete')
  await stage.agree()
  await brazil.caretAfter('Resolution 17')
  expect(await compose(brazil.page, japanese)).toEqual(once)
  // One composed word, one step.
  await brazil.press('Control+z')
  await brazil.press('Control+Shift+z')
  await stage.agree()
})

test('composing in the clean view, and over several paragraphs', async ({ enter }) => {
  const stage = await Stage.open(enter)
  const { brazil } = stage
  const once = { begun: 1, ended: 1 }
  await brazil.select('Guadalajara')
  await brazil.press('Delete')
  await brazil.view('Clean')
  await brazil.caretAfter('(Rev. ')
  expect(await compose(brazil.page, korean)).toEqual(once)
  await brazil.caretAfter('Resolution 174')
  await brazil.page.keyboard.down('Shift')
  await brazil.press('ArrowDown')
  await brazil.press('ArrowDown')
  await brazil.page.keyboard.up('Shift')
  expect(await compose(brazil.page, japanese)).toEqual(once)
  await expect
    .poll(() => brazil.lines())
    .toContainEqual(expect.stringMatching(/Resolution 174日本/))
  await brazil.view('Marked')
  await stage.agree()
})

test('composing while another delegation writes in the same paragraph', async ({ enter }) => {
  const stage = await Stage.open(enter)
  const { brazil, canada } = stage
  const once = { begun: 1, ended: 1 }
  const meanwhile: [string, (draft: DraftPage) => Promise<void>][] = [
    ['Resolution 130', async (draft) => draft.type('XY')],
    ['Resolution 174', async (draft) => draft.press('Enter')],
    ['Resolution 179', async (draft) => draft.press('Control+Backspace')],
    ['Resolution 181', async (draft) => draft.press('Control+Shift+Backspace')],
  ]
  for (const [at, act] of meanwhile) {
    await brazil.caretAfter(`${at} (`)
    const counts = await compose(brazil.page, japanese, async () => {
      await canada.caretAfter(at)
      await act(canada)
      await canada.saved()
    })
    expect(counts, at).toEqual(once)
    await stage.agree()
  }
  expect((await marks(brazil)).join('\n').match(/日本/g)).toHaveLength(meanwhile.length)
})

test('the others’ carets stay at their letters, and so does one’s own', async ({ enter }) => {
  const stage = await Stage.open(enter)
  const { brazil, canada } = stage
  await canada.caretAfter('countering and combating')
  const caret = brazil.sheet.locator('.other-caret')
  await expect(caret).toHaveAttribute('data-name', /Canada/)
  // The caret's element is drawn anew whenever it moves: looked up and measured in one go.
  const wordsBefore = () =>
    brazil.sheet.evaluate((sheet) => {
      const element = sheet.querySelector('.other-caret')
      const range = document.createRange()
      if (!element) return ''
      range.setStart(element.closest('p')!, 0)
      range.setEndBefore(element)
      return range.toString()
    })
  await expect.poll(wordsBefore).toMatch(/including countering and combating$/)
  await brazil.caretAfter('Mechanisms')
  await brazil.type(' and more')
  await expect.poll(wordsBefore).toMatch(/^Mechanisms and more for .* countering and combating$/)
  await brazil.saved()
  await canada.type('!')
  await expect.poll(wordsBefore).toMatch(/countering and combating!$/)
  await brazil.type('?')
  expect(await markOf(brazil, 'Mechanisms')).toContain('{+ and more?+}')
  await stage.agree()
})

test('who only reads can select and copy, with labels, but not write', async ({ enter }) => {
  const reader = await enter('observer')
  await reader.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const before = await marks(reader)
  await reader.caretAfter('recalling')
  await reader.type('x')
  await reader.press('Enter')
  expect(await marks(reader)).toEqual(before)
  await reader.page.keyboard.down('Shift')
  await reader.page.mouse.click(...(await middleOf(reader, 'Resolution 179')))
  await reader.page.keyboard.up('Shift')
  await reader.press('Control+c')
  const copied = await reader.page.evaluate(() => navigator.clipboard.readText())
  expect(copied.split('\n')[1]).toMatch(/^a\)\tResolution 130 \(Rev\. Guadalajara, 2010\)/)
})

/** The middle of some letters of one paragraph on the screen. */
async function middleOf(draft: DraftPage, letters: string): Promise<[number, number]> {
  const box = await draft
    .paragraph(letters)
    .locator('p')
    .evaluate((element, wanted) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
      while (walker.nextNode()) {
        const at = walker.currentNode.textContent!.indexOf(wanted)
        if (at < 0) continue
        const range = document.createRange()
        range.setStart(walker.currentNode, at)
        range.setEnd(walker.currentNode, at + wanted.length)
        return range.getClientRects()[0]!.toJSON() as DOMRect
      }
      throw new RangeError(wanted)
    }, letters)
  return [box.x + box.width / 2, box.y + box.height / 2]
}
