/** Moving paragraphs in a real browser, by keyboard alone and by drag and drop. */
import { expect, test } from '../fixtures.ts'

test('a paragraph is moved by keys, told at both places, and decided as one', async ({ enter }) => {
  const brazil = await enter('Brazil')
  const chair = await enter('Chair')
  const { page, sheet, changes } = brazil
  const inForce = await brazil.lines()
  await brazil.caretAfter('Resolution 174')
  await brazil.press('Alt+ArrowDown')
  await expect(changes.getByRole('listitem')).toHaveCount(1)
  const row = brazil.change('Moved from recalling')
  await expect(row).toBeVisible()

  // The caret went along, and the next key moves the copy, not a second one.
  await brazil.press('Alt+ArrowDown')
  const copy = sheet.locator('.provision[data-moved="from"]')
  const origin = sheet.locator('.provision[data-moved="to"]')
  await expect(copy).toHaveCount(1)
  await expect(origin).toHaveCount(1)
  await expect(copy).toContainText('Resolution 174')
  await expect(copy.getByRole('button', { name: /^moved from recalling/ })).toBeVisible()
  await expect(origin.getByRole('button', { name: /^moved to recalling/ })).toBeVisible()
  await brazil.press('Alt+ArrowUp')
  await brazil.press('Alt+ArrowUp')
  await expect(changes.getByRole('listitem')).toHaveCount(0)
  await expect.poll(() => brazil.lines()).toEqual(inForce)

  // From one place to the other, and back.
  await brazil.press('Alt+ArrowDown')
  await expect(copy).toHaveCount(1)
  await brazil.press('Control+Enter')
  await brazil.press('Home')
  await brazil.type('struck ')
  await expect(origin).toContainText('struck ')
  await brazil.press('Control+z')
  await expect(origin).not.toContainText('struck ')
  await brazil.press('Control+Enter')
  await brazil.type('New: ')
  await expect(copy).toContainText('New: ')
  await expect(changes.getByRole('listitem')).toHaveCount(2)
  await brazil.saved()

  // The chair, by keyboard: to where it was, and accepted as one.
  const moved = chair.change('Moved from recalling').getByRole('button').first()
  await expect(moved).toBeVisible()
  await moved.focus()
  await chair.press('m')
  await expect(chair.sheet).toBeFocused()
  await moved.focus()
  await chair.press('a')
  await expect(moved).toHaveCount(0)
  await expect(chair.changes.getByRole('listitem')).toHaveCount(1)
  await chair.view('Accepted')
  await expect(chair.sheet.locator('.provision', { hasText: 'Resolution 174' })).toHaveCount(1)
  await expect(chair.sheet.locator('.move-sign')).toHaveCount(0)
  await expect(page.getByRole('toolbar').getByRole('button', { name: 'Move up' })).toBeVisible()
})

test('a call takes its items along, by the tool, and comes back in one step', async ({ enter }) => {
  const brazil = await enter('Brazil')
  const inForce = await brazil.lines()
  const calls = brazil.sheet.locator('.provision[data-kind="call"]')
  const first = await calls.first().innerText()
  await calls.first().click()
  const down = brazil.page.getByRole('button', { name: 'Move down' })
  await expect(down).toBeEnabled()
  await down.click()
  await expect(brazil.change('Moved from')).toContainText(`Moved from ${first}`)
  await expect(brazil.changes.getByRole('listitem')).toHaveCount(1)
  await expect(brazil.sheet).toBeFocused()
  await brazil.press('Control+z')
  await expect(brazil.changes.getByRole('listitem')).toHaveCount(0)
  expect(await brazil.lines()).toEqual(inForce)
  // There is nothing above the first call to change places with.
  await brazil.press('Alt+ArrowUp')
  await expect(brazil.page.getByRole('region', { name: /^Notifications/ })).toContainText(
    'There is no paragraph beside it',
  )
})

test('whole paragraphs that are dragged are moved', async ({ enter }) => {
  const brazil = await enter('Brazil')
  const words = brazil.paragraph('Resolution 174').locator('p')
  const target = brazil.paragraph('Resolution 130').locator('p')
  await words.click({ clickCount: 3 })
  await words.dragTo(target, { targetPosition: { x: 1, y: 8 } })
  await expect(brazil.change('Moved from recalling')).toBeVisible()
  await expect(brazil.changes.getByRole('listitem')).toHaveCount(1)
})
