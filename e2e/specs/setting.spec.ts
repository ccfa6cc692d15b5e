/** Kind, level and formats as tracked changes, by keys and by tools, in a real browser. */
import { expect, test } from '../fixtures.ts'

test('paragraphs are indented and made another kind, decided, undone', async ({ enter }) => {
  const brazil = await enter('Brazil')
  const chair = await enter('Chair')
  const item = brazil.paragraph('Resolution 174')
  await brazil.caretAfter('Resolution 174')
  await brazil.press('Tab')
  await expect(item).toHaveAttribute('data-level', '2')
  await expect(item).toHaveAttribute('title', 'Indented to level 2 by Brazil')
  await brazil.press('Shift+Tab')
  await expect(item).toHaveAttribute('data-level', '1')
  await expect(brazil.changes.getByRole('listitem')).toHaveCount(0)
  await brazil.press('Control+z')
  await expect(item).toHaveAttribute('data-level', '2')

  const tools = brazil.page.getByRole('toolbar', { name: 'Paragraph and letters' })
  await brazil.caretAfter('terminology relating')
  await tools.getByRole('button', { name: 'Kind of paragraph' }).click()
  await brazil.page.getByRole('menuitem', { name: 'Plain paragraph' }).click()
  await expect(brazil.paragraph('terminology relating')).toHaveAttribute('data-kind', 'text')
  // The focus is back in the text.
  await brazil.type('!')
  await expect(brazil.paragraph('terminology relating')).toContainText('relating!')
  await brazil.saved()

  await chair.act('Indented to level 2', 'Accept')
  await chair.view('Accepted')
  await expect(chair.paragraph('Resolution 174')).toHaveAttribute('data-level', '2')
  await chair.view('Base')
  await expect(chair.paragraph('Resolution 174')).toHaveAttribute('data-level', '1')

  // After Escape, Tab leaves the text.
  await brazil.press('Escape')
  await brazil.press('Tab')
  await expect(brazil.sheet).not.toBeFocused()
})

test('letters are made italic, bold, raised and lowered', async ({ enter }) => {
  const brazil = await enter('Brazil')
  const chair = await enter('Chair')
  const paragraph = brazil.paragraph('Resolution 174')
  const tools = brazil.page.getByRole('toolbar', { name: 'Paragraph and letters' })
  await brazil.select('Resolution 174')
  await brazil.press('Control+i')
  await expect(paragraph.locator('em')).toHaveText('Resolution 174')
  await expect(tools.getByRole('button', { name: 'Italic' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await brazil.press('Control+i')
  await expect(paragraph.locator('em')).toHaveCount(0)
  for (const [key, tag] of [
    ['Control+b', 'strong'],
    ['Control+.', 'sup'],
    ['Control+,', 'sub'],
  ] as const) {
    await brazil.press(key)
    await expect(paragraph.locator(tag)).toHaveText('Resolution 174')
    await brazil.press('Control+z')
    await expect(paragraph.locator(tag)).toHaveCount(0)
  }
  await tools.getByRole('button', { name: 'Bold' }).click()
  await expect(paragraph.locator('.setting')).toHaveAttribute('title', 'Made bold by Brazil')
  await brazil.saved()
  await chair.act('Made bold', 'Reject')
  await expect(paragraph.locator('strong')).toHaveCount(0)

  // Without a selection: what is typed next.
  await brazil.caretAfter('Resolution 174')
  const italic = tools.getByRole('button', { name: 'Italic' })
  await expect(italic).toHaveAttribute('aria-pressed', 'false')
  await italic.click()
  await expect(italic).toHaveAttribute('aria-pressed', 'true')
  await expect(brazil.sheet).toBeFocused()
  await brazil.type(' bis')
  await expect(paragraph.locator('em')).toHaveText(' bis')
  await brazil.press('Control+z')
  await expect(paragraph.locator('em')).toHaveCount(0)
})
