/** References that renumbering makes wrong: told, corrected by a key and by a button, undone. */
import { expect, test } from '../fixtures.ts'

test('a typed reference is corrected by keyboard alone when its provision moves', async ({
  enter,
}) => {
  const brazil = await enter('Brazil')
  const canada = await enter('Canada')
  await brazil.caretAfter('child online protection')
  await brazil.type(', as in recalling b) and recalling a) of Resolution 130')
  await brazil.saved()
  await expect(canada.paragraph('as in recalling b)')).toBeVisible()
  await expect(brazil.page.getByRole('region', { name: /to look at$/ })).toHaveCount(0)

  await canada.caretAfter('information and communication technologies (ICTs);')
  await canada.press('Enter')
  await canada.type('a paragraph between;')
  await canada.saved()
  const references = brazil.page.getByRole('region', { name: '1 reference to look at' })
  await expect(references).toContainText('recalling b) is now recalling c)')

  await brazil.press('F9')
  await expect(brazil.page.getByText('1 reference corrected', { exact: true })).toBeVisible()
  await expect(references).toHaveCount(0)
  await expect(brazil.sheet).toBeFocused()
  await brazil.view('Clean')
  await expect(brazil.paragraph('as in recalling')).toContainText(
    'as in recalling c) and recalling a) of Resolution 130',
  )
})

test('what is to be deleted is told, and one reference is corrected by its button', async ({
  enter,
}) => {
  const brazil = await enter('Brazil')
  await brazil.caretAfter('child online protection')
  await brazil.type(' (recalling a), d) and e))')
  await brazil.caretAfter('terminology relating')
  await brazil.press('Control+Shift+Backspace')
  const references = brazil.page.getByRole('region', { name: /to look at$/ })
  await expect(references.getByRole('listitem')).toHaveCount(2)
  await expect(references).toContainText('recalling d), which Brazil proposes to delete')
  await references.getByRole('button', { name: 'Correct recalling e)' }).click()
  await expect(references.getByRole('listitem')).toHaveCount(1)
  await brazil.view('Clean')
  await expect(brazil.paragraph('child online')).toContainText('(recalling a), d) and d))')
  await references.getByRole('button', { name: /recalling d\)/ }).click()
  await expect(brazil.sheet).toBeFocused()
  await brazil.press('Control+z')
  await expect(references.getByRole('listitem')).toHaveCount(2)
})
