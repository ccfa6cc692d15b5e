import { expect, test } from '../fixtures.ts'
import { DraftPage } from '../pages.ts'

test('find and replace with the keyboard: each a change, all of them one undo', async ({
  server,
  visit,
}) => {
  const page = await visit(server.link('Brazil'))
  const draft = await DraftPage.open(page)
  await draft.caretAfter('recalling')
  await page.keyboard.press('Control+f')
  const bar = page.getByRole('search', { name: 'Find and replace' })
  await expect(bar.getByLabel('Find', { exact: true })).toBeFocused()
  await page.keyboard.type('cybersecurity')
  const counted = bar.getByRole('status')
  await expect(counted).toHaveText(/^1 of \d+$/)
  const count = Number(/\d+$/.exec(await counted.innerText())![0])
  expect(count).toBeGreaterThan(3)
  await page.keyboard.press('Shift+Enter')
  await expect(counted).toHaveText(`${count} of ${count}`)
  await page.keyboard.press('Enter')
  await expect(draft.sheet.locator('.found.current')).toBeInViewport()

  const changes = draft.sheet.locator('ins', { hasText: 'cyber-security' })
  await bar.getByLabel('Replace with').fill('cyber-security')
  await page.keyboard.press('Enter')
  await expect(changes).toHaveCount(1)
  await expect(counted).toHaveText(`1 of ${count - 1}`)
  await bar.getByRole('button', { name: 'Replace all' }).click()
  await expect(counted).toHaveText('Not found')
  await expect(changes).toHaveCount(count)

  await bar.getByLabel('Find', { exact: true }).fill('cyber-security')
  await page.keyboard.press('Escape')
  await expect(bar).toBeHidden()
  await expect(draft.sheet).toBeFocused()
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('cyber-security')
  await page.keyboard.press('Control+z')
  await expect(changes).toHaveCount(1)
  await page.keyboard.press('Control+Shift+z')
  await expect(changes).toHaveCount(count)
})
