import { expect, test } from '../fixtures.ts'

test('the secretariat adds a person, hands out a link, and takes the seat away', async ({
  server,
  visit,
}) => {
  const page = await visit(server.link('Secretariat'))
  await page.getByRole('link', { name: 'People and links' }).click()
  await page.getByLabel('Name').fill('Ana Souza')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  const row = page.getByRole('listitem').filter({
    has: page.getByRole('heading', { name: 'Ana Souza' }),
  })
  await expect(row).toContainText('not signed in')
  const once = row.getByRole('button', { name: 'Link for one browser' })
  await once.focus()
  await page.keyboard.press('Enter')
  const link = await page.getByLabel(/not shown again/).inputValue()
  // The page asks anew after each act; who works by keyboard stays where they are.
  await expect(page.getByRole('main')).toContainText('for one browser, not used')
  await expect(once).toBeFocused()
  const ana = await visit(link, /4411|WebSocket|403/)
  await ana
    .getByRole('link', { name: /Ana Souza/ })
    .first()
    .click()
  await expect(ana.getByRole('main')).toContainText('RESOLUTION 45')
  await row.getByRole('button', { name: 'Take the seat away' }).click()
  await expect(row).toContainText('Delegate · B · until')
  await expect(ana.getByRole('alert').first()).toContainText('taken this seat away')

  await page.getByRole('button', { name: 'Erase the name and address of Ana Souza' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Erase', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Erased person' })).toBeVisible()
  await expect(page.getByRole('main')).not.toContainText('Ana Souza')
})
