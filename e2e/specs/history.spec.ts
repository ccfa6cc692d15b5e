import { expect, test } from '../fixtures.ts'
import { DraftPage } from '../pages.ts'

test('the history: an earlier state, a name for it, and what has changed since', async ({
  server,
  visit,
}) => {
  const page = await visit(server.link('Brazil'))
  const draft = await DraftPage.open(page)
  await draft.caretAfter('recalling')
  await page.keyboard.type(' and noting')
  await draft.saved()

  await page.getByRole('link', { name: 'History' }).click()
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible()
  await expect(draft.sheet.locator('ins', { hasText: 'and noting' })).toBeVisible()
  await page.getByLabel('Name this moment').fill('As sent to the plenary')
  await page.getByLabel('Name this moment').press('Enter')
  await expect(page.getByRole('button', { name: /As sent to the plenary/ })).toBeVisible()

  await page.getByRole('button', { name: /The text in force/ }).click()
  await expect(draft.sheet).not.toContainText('and noting')
  await page.getByRole('button', { name: /As sent to the plenary/ }).click()
  const since = page.getByLabel('Show what has changed since')
  const inForce = await since.getByRole('option', { name: /The text in force/ }).textContent()
  await since.focus()
  await since.selectOption(inForce)
  await expect(draft.sheet.locator('ins', { hasText: 'and noting' })).toBeVisible()
  await expect(since).toBeFocused()
  await page.reload()
  await expect(draft.sheet.locator('ins')).toHaveCount(1)
})
