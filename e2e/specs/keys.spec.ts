/** The list of keys: reached by a key, true to the role, and left by one. */
import { expect, test } from '../fixtures.ts'

test('all keys are told on a key, each to whom it serves', async ({ enter }) => {
  const brazil = await enter('Brazil')
  const dialog = brazil.page.getByRole('dialog', { name: 'Keys' })
  const row = (words: string) => dialog.locator('dl > div').filter({ hasText: words })
  await brazil.caretAfter('Resolution 174')
  await brazil.press('Control+/')
  await expect(dialog).toBeVisible()
  await expect(row('Insert a footnote').locator('kbd')).toHaveText(['Ctrl', 'Alt', 'F'])
  await expect(row('Redo it').locator('kbd')).toHaveText(['Ctrl', 'Shift', 'Z', 'Ctrl', 'Y'])
  await expect(row('Withdraw the change').locator('kbd')).toHaveText(['W'])
  await expect(row('Accept')).toHaveCount(0)
  await expect(row('To where it was moved from').locator('kbd')).toHaveText(['M'])
  await expect(row('Correct the references').locator('kbd')).toHaveText(['F9'])
  await brazil.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(brazil.sheet).toBeFocused()

  const chair = await enter('Chair')
  const told = chair.page.getByRole('dialog', { name: 'Keys' })
  await chair.page.getByRole('button', { name: 'Keys', exact: true }).click()
  await expect(told.getByRole('region', { name: 'In the text, to decide' })).toBeVisible()
  await expect(told.locator('dl > div').filter({ hasText: 'Accept the change' })).toBeVisible()
  await expect(told.getByRole('region', { name: 'Everywhere' })).toBeVisible()
  await expect(told).not.toContainText('Correct the references')
})
