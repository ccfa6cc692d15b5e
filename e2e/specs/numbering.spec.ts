import { readFile } from 'node:fs/promises'
import { expect, test } from '../fixtures.ts'
import { paragraphsOf } from '../word.ts'

test('the chair has what is inserted labelled by bis, ter, and everybody sees it', async ({
  enter,
}) => {
  const brazil = await enter('Brazil')
  const chair = await enter('Chair')
  await expect(brazil.page.getByText('Labels: Renumbered')).toBeVisible()
  await brazil.caretAfter('information and communication technologies (ICTs);')
  await brazil.press('Enter')
  await brazil.type('a paragraph between;')
  await brazil.saved()
  const label = (letters: string) => chair.paragraph(letters)
  await expect(label('a paragraph between')).toHaveAttribute('data-label', 'b)')
  await expect(label('Resolution 174')).toHaveAttribute('data-label', 'c)')

  const choice = chair.page.getByRole('button', { name: 'Labels: Renumbered' })
  await choice.focus()
  await chair.press('Enter')
  // A menu takes and moves the focus a moment after the key; another before that goes elsewhere.
  await expect(chair.page.getByRole('menuitem', { name: /^Renumbered/ })).toBeFocused()
  await chair.press('ArrowDown')
  await expect(chair.page.getByRole('menuitem', { name: /^bis, ter/ })).toBeFocused()
  await chair.press('Enter')
  await expect(chair.page.getByRole('button', { name: 'Labels: bis, ter' })).toBeVisible()
  await expect(brazil.page.getByText('Labels: bis, ter')).toBeVisible()
  await expect(label('a paragraph between')).toHaveAttribute('data-label', 'a bis)')
  await expect(label('Resolution 174')).toHaveAttribute('data-label', 'b)')
  const change = brazil.change('a paragraph between')
  await expect(change).toContainText('recalling a bis)')

  const clean = paragraphsOf(await readFile(await (await brazil.export(/Word, clean/)).path()))
  expect(clean.find((line) => line.includes('a paragraph between'))).toMatch(/^a bis\)/)
})
