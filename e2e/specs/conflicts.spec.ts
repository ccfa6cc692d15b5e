import { expect, test } from '../fixtures.ts'
import type { DraftPage } from '../pages.ts'

/** Brazil and Canada write other words for the same words, and strike the same ones. */
async function meet(
  enter: (who: string) => Promise<DraftPage>,
): Promise<{ readonly brazil: DraftPage; readonly canada: DraftPage }> {
  const brazil = await enter('Brazil')
  const canada = await enter('Canada')
  await brazil.replace('Dubai', 'Brasília')
  await brazil.select('cooperation ')
  await brazil.press('Delete')
  await brazil.saved()
  await expect(canada.sheet).toContainText('Brasília')
  await canada.replace('Dubai', 'Ottawa')
  await canada.select('cooperation ')
  await canada.press('Delete')
  await canada.saved()
  return { brazil, canada }
}

test('a collision and an agreement are named, listed alone, and resolved by a key', async ({
  enter,
}) => {
  const chair = await enter('Chair')
  const { canada } = await meet(enter)

  await expect(canada.change('Ottawa')).toContainText('Collides with Brazil')
  const row = chair.change('Brasília')
  await expect(row).toContainText('Collides with Canada: other words for the same words')
  await expect(chair.change('cooperation')).toContainText('Canada proposes the same')

  await chair.changes.getByLabel('Only').selectOption('collision')
  await expect(chair.changes.getByRole('listitem')).toHaveCount(2)
  await row.getByRole('button').first().focus()
  await expect(row.getByRole('button', { name: 'Bracket all' })).toBeVisible()
  await chair.press('2')
  await expect(chair.changes.getByRole('listitem')).toHaveCount(0)
  await chair.changes.getByLabel('Only').selectOption('')
  await chair.change('cooperation').getByRole('button').first().focus()
  await chair.press('1')
  await chair.view('Accepted')
  await expect(chair.paragraph('RESOLUTION 45')).toHaveText('RESOLUTION 45 (Rev. Brasília, 2014)')
  await expect(chair.sheet).toContainText('Mechanisms for enhancing on cybersecurity')
  await expect(chair.changes).toContainText('Nothing is pending here')
})

test('where delegations meet the text says so, in both views, and leads to the panel', async ({
  enter,
}) => {
  const { brazil } = await meet(enter)

  const collision = brazil.sheet.getByRole('button', {
    name: 'Brazil: Collides with Canada: other words for the same words',
  })
  const agreement = brazil.sheet.getByRole('button', { name: 'Brazil: Canada proposes the same' })
  await expect(collision).toBeVisible()
  await expect(agreement).toHaveCount(1)
  await expect(brazil.sheet.locator('.conflict', { hasText: 'Ottawa' })).toBeVisible()
  // The signs are no words, and the caret passes them in one step.
  await expect(brazil.paragraph('RESOLUTION 45')).toContainText('DubaiOttawaBrasília')
  await brazil.caretAfter('Ottaw')
  for (let i = 0; i < 3; i++) await brazil.press('ArrowRight')
  await brazil.type('x')
  await expect(brazil.paragraph('RESOLUTION 45')).toContainText('OttawaBrxasília')
  await brazil.press('Backspace')

  // The panel lists something else; the sign brings the row back.
  await brazil.view('Clean')
  await expect(collision).toBeVisible()
  await expect(agreement).toBeVisible()
  await brazil.changes.getByLabel('Only').selectOption('agreement')
  await collision.click()
  await expect(brazil.change('Brasília').getByRole('button').first()).toBeFocused()
  await brazil.view('Base')
  await expect(collision).toHaveCount(0)
})
