/** Labels set by hand, by keyboard alone and by mouse, decided and exported, in a real browser. */
import { readFile } from 'node:fs/promises'
import { expect, test } from '../fixtures.ts'
import { paragraphsOf } from '../word.ts'

test('a label is set by keyboard alone, seen by everybody, decided and exported', async ({
  enter,
}) => {
  const brazil = await enter('Brazil')
  const chair = await enter('Chair')
  const item = brazil.paragraph('Resolution 174')
  const dialog = brazil.page.getByRole('dialog', { name: 'Set the label' })
  const field = dialog.getByRole('textbox', { name: /^Label/ })
  await brazil.caretAfter('Resolution 174')
  await brazil.press('F2')
  await expect(field).toBeFocused()
  await expect(field).toHaveValue('b)')
  await brazil.type('nonsense')
  await brazil.press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('“nonsense” is no label.')
  await expect(field).toBeFocused()
  await brazil.type('a bis)')
  await brazil.press('Enter')
  await expect(dialog).toBeHidden()
  // The focus is back in the text, where it was.
  await expect(brazil.sheet).toBeFocused()
  await expect(item).toHaveAttribute('data-label', 'a bis)')
  await expect(item).toHaveAttribute('title', 'Label b) → a bis) by Brazil')
  await expect(item.getByRole('img', { name: 'Label a bis), was b)' })).toBeVisible()
  await expect(brazil.paragraph('Resolution 179')).toHaveAttribute('data-label', 'b)')
  await brazil.saved()

  const change = chair.change('Label b) → a bis)')
  await expect(change).toBeVisible()
  await expect(chair.paragraph('Resolution 174')).toHaveAttribute('data-label', 'a bis)')
  await chair.act('Label b) → a bis)', 'Accept')
  await chair.view('Accepted')
  await expect(chair.paragraph('Resolution 174')).toHaveAttribute('data-label', 'a bis)')
  await chair.view('Base')
  await expect(chair.paragraph('Resolution 174')).toHaveAttribute('data-label', 'b)')
  const clean = paragraphsOf(await readFile(await (await brazil.export(/Word, clean/)).path()))
  expect(clean.find((line) => line.includes('Resolution 174'))).toMatch(/^a bis\)/)
})

test('a label is clicked, taken away, and counted again; undo brings it back', async ({
  enter,
}) => {
  const brazil = await enter('Brazil')
  const item = brazil.paragraph('Resolution 174')
  const dialog = brazil.page.getByRole('dialog', { name: 'Set the label' })
  await item.locator('.label').click()
  await dialog.getByRole('button', { name: 'No label' }).click()
  await expect(dialog).toBeHidden()
  await expect(item).not.toHaveAttribute('data-label')
  await expect(brazil.change('Label b) taken away')).toBeVisible()
  await expect(brazil.sheet).toBeFocused()

  const tools = brazil.page.getByRole('toolbar', { name: 'Paragraph and letters' })
  await brazil.caretAfter('Resolution 174')
  await tools.getByRole('button', { name: 'Kind of paragraph' }).click()
  await brazil.page.getByRole('menuitem', { name: /^Set the label/ }).click()
  await dialog.getByRole('button', { name: 'As counted: b)' }).click()
  await expect(item).toHaveAttribute('data-label', 'b)')
  await expect(brazil.changes.getByRole('listitem')).toHaveCount(0)
  await expect(brazil.sheet).toBeFocused()
  await brazil.press('Control+z')
  await expect(item).not.toHaveAttribute('data-label')
})
