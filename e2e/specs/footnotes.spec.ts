/** Footnotes in a real browser: inserted, followed, written in, decided, struck. */
import { expect, test } from '../fixtures.ts'

test('a footnote is inserted, written, followed, accepted and taken back', async ({ enter }) => {
  const brazil = await enter('Brazil')
  const chair = await enter('Chair')
  const notes = brazil.sheet.locator('.provision[data-kind="footnote"]')
  const reference = brazil.paragraph('Resolution 174').locator('sup.note')
  const before = await notes.count()
  await brazil.caretAfter('Resolution 174')
  await brazil.press('Control+Alt+f')
  await brazil.type('As revised.')
  await expect(notes).toHaveCount(before + 1)
  await expect(reference).toHaveText('1')
  await expect(notes.first()).toHaveText('As revised.')
  await expect(notes.first()).toHaveAttribute('data-label', '1')
  await expect(brazil.changes.getByRole('listitem')).toHaveCount(1)
  await expect(brazil.change('[footnote: As revised.]')).toBeVisible()

  // From the footnote to its reference, and back by a click.
  await brazil.press('Control+Enter')
  await brazil.type('!')
  await expect(brazil.paragraph('Resolution 174')).toContainText('1!')
  await brazil.press('Backspace')
  await reference.click()
  await brazil.type('Note: ')
  await expect(notes.first()).toHaveText('Note: As revised.')

  // A second one before it, by the tool.
  await brazil.caretAfter('Resolution 130')
  await brazil.page.getByRole('button', { name: 'Footnote', exact: true }).click()
  await brazil.type('First.')
  await expect(notes.first()).toHaveText('First.')
  await expect(notes.nth(1)).toHaveAttribute('data-label', '2')
  await brazil.saved()

  await chair.act('Note: As revised.', 'Accept')
  await chair.view('Accepted')
  const accepted = chair.sheet.locator('.provision[data-kind="footnote"]')
  await expect(accepted.first()).toHaveText('Note: As revised.')
  await expect(accepted).toHaveCount(before + 1)

  // Backspace over a reference of one's own takes its footnote back.
  await brazil.press('Control+Enter')
  await brazil.press('Backspace')
  await expect(notes).toHaveCount(before + 1)
  await expect(notes.first()).toHaveText('Note: As revised.')
})
