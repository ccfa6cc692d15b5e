/** Moving paragraphs in a real browser, by keyboard alone and by drag and drop. */
import { expect, test } from '../fixtures.ts'

test('paragraphs are moved by keys and tools, told at both places, and moved back', async ({
  enter,
}) => {
  const brazil = await enter('Brazil')
  const { page, sheet, changes } = brazil
  const listed = changes.getByRole('listitem')
  const inForce = await brazil.lines()
  await brazil.caretAfter('Resolution 174')
  await brazil.press('Alt+ArrowDown')
  await expect(brazil.change('Moved from recalling b)')).toBeVisible()

  // The caret went along, and the next key moves the copy, not a second one.
  await brazil.press('Alt+ArrowDown')
  const copy = sheet.locator('.provision[data-moved="from"]')
  const origin = sheet.locator('.provision[data-moved="to"]')
  await expect(origin.getByRole('button', { name: 'moved to recalling d)' })).toBeVisible()
  await expect(copy.getByRole('button', { name: 'moved from recalling b)' })).toBeVisible()
  await expect(copy).toHaveCount(1)
  await expect(listed).toHaveCount(1)

  // To where it was, and back. One letter, since slow typing is more than one step to undo.
  await brazil.press('Control+Enter')
  await brazil.type('X')
  await expect(origin).toContainText('X')
  await brazil.press('Control+z')
  await expect(origin).not.toContainText('X')
  await brazil.press('Control+Enter')
  await brazil.type('X')
  await expect(copy).toContainText('X')
  await expect(listed).toHaveCount(2)
  await brazil.press('Control+z')
  await expect(copy).not.toContainText('X')
  await brazil.press('Alt+ArrowUp')
  await expect(copy.getByRole('button', { name: 'moved from recalling b)' })).toBeVisible()
  await expect(origin.getByRole('button', { name: 'moved to recalling c)' })).toBeVisible()
  await brazil.press('Alt+ArrowUp')
  await expect(listed).toHaveCount(0)
  expect(await brazil.lines()).toEqual(inForce)

  // A call takes its items along, and nothing stands above the first one to change places with.
  const call = sheet.locator('.provision[data-kind="call"]').first()
  await call.click()
  await brazil.press('Alt+ArrowUp')
  const notices = page.getByRole('region', { name: /^Notifications/ })
  await expect(notices).toContainText('There is no paragraph beside it')
  const down = page.getByRole('button', { name: 'Move down' })
  await expect(down).toBeEnabled()
  await down.click()
  await expect(brazil.change('Moved from recalling, ')).toBeVisible()
  await expect(listed).toHaveCount(1)
  await expect(sheet).toBeFocused()
  await brazil.press('Control+z')
  await expect(listed).toHaveCount(0)
})

test('what was dragged is one change, which the chair accepts by keys', async ({ enter }) => {
  const brazil = await enter('Brazil')
  const chair = await enter('Chair')
  const words = brazil.paragraph('Resolution 174').locator('p')
  await words.click({ clickCount: 3 })
  await words.dragTo(brazil.paragraph('Resolution 130').locator('p'), {
    targetPosition: { x: 1, y: 8 },
  })
  await expect(brazil.change('Moved from recalling b)')).toBeVisible()
  await expect(brazil.changes.getByRole('listitem')).toHaveCount(1)

  const moved = chair.change('Moved from recalling b)').getByRole('button').first()
  await expect(moved).toBeVisible()
  await moved.focus()
  await expect(moved).toBeFocused()
  await chair.press('m')
  await expect(chair.sheet).toBeFocused()
  await moved.focus()
  await expect(moved).toBeFocused()
  await chair.press('a')
  await expect(chair.changes).toContainText('Nothing is pending here')
  await chair.view('Accepted')
  await expect(chair.sheet.locator('.provision', { hasText: 'Resolution 174' })).toHaveCount(1)
  await expect(chair.sheet.locator('[data-moved]')).toHaveCount(0)
})
