/** Paragraphs that come from Word, from web pages and from our own sheet keep what they are. */
import { expect, test } from '../fixtures.ts'
import { DraftPage } from '../pages.ts'

/** What paragraphs are: `kind/level label words`. */
const kinds = (draft: DraftPage) =>
  draft.sheet.locator('.provision').evaluateAll((provisions) =>
    provisions.map((provision) => {
      const { kind, level, label } = (provision as HTMLElement).dataset
      const words = provision.querySelector('p')!.textContent.slice(0, 24)
      return [`${kind}/${level ?? 1}`, label, words].filter(Boolean).join(' ')
    }),
  )

test('a passage from Word becomes calls and items, and one undo takes it back', async ({
  server,
  visit,
}) => {
  const page = await visit(server.link('Brazil'))
  const draft = await DraftPage.open(page)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const before = await kinds(draft)
  const plain = 'a)\tthe first reason;\r\nb)\tthe second,\r\nrecognizing\r\na)\tanother,'
  await page.evaluate((text) => navigator.clipboard.writeText(text), plain)
  await draft.caretAfter('recalling')
  await draft.press('End')
  await draft.press('Control+v')
  expect((await kinds(draft)).slice(3, 9)).toEqual([
    'call/1 recalling',
    'item/1 a) the first reason;',
    'item/1 b) the second,',
    'call/1 recognizing',
    'item/1 a) another,',
    expect.stringMatching(/^item\/1 b\) Resolution 130/),
  ])
  await draft.press('Control+z')
  expect(await kinds(draft)).toEqual(before)
})

test('whole items of our own sheet stay items where they are put', async ({ server, visit }) => {
  const page = await visit(server.link('Brazil'))
  const draft = await DraftPage.open(page)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await draft.caretAfter('Resolution 174')
  await draft.press('Home')
  await page.keyboard.down('Shift')
  await draft.caretAfter('child online protection;')
  await page.keyboard.up('Shift')
  await draft.press('Control+c')
  await draft.caretAfter('spam')
  await draft.press('End')
  await draft.press('Control+v')
  const after = await kinds(draft)
  expect(after[1]).toMatch(/^title\/1 Mechanisms/)
  expect(after[2]).toMatch(/^item\/1 .*Resolution 174/)
  expect(after[3]).toMatch(/^item\/1 .*Resolution 179/)
  expect(after[4]).toMatch(/^adopting\/1/)
})

test('formats and a footnote come along through the clipboard of the system', async ({
  server,
  visit,
}) => {
  const page = await visit(server.link('Brazil'))
  const draft = await DraftPage.open(page)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const notes = draft.sheet.locator('.provision[data-kind="footnote"]')
  const before = await notes.count()
  await draft.select('Resolution 174')
  await draft.press('Control+i')
  await expect(draft.paragraph('Resolution 174').locator('em')).toHaveText('Resolution 174')
  await draft.press('Control+Alt+f')
  await draft.type('As revised.')
  await expect(notes.first()).toHaveText('As revised.')
  await draft.caretAfter('Resolution 174')
  await draft.press('Home')
  await page.keyboard.down('Shift')
  await draft.press('End')
  await page.keyboard.up('Shift')
  await draft.press('Control+c')
  await draft.caretAfter('spam')
  await draft.press('End')
  await draft.press('Control+v')
  await expect(notes).toHaveCount(before + 2)
  await expect(draft.sheet.locator('em', { hasText: 'Resolution 174' })).toHaveCount(2)
  await expect(draft.sheet.locator('p', { hasText: 'Resolution 174' })).toHaveCount(2)
  await draft.press('Control+z')
  await expect(notes).toHaveCount(before + 1)
})
