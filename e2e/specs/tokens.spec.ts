import { expect, test } from '../fixtures.ts'

test('the chair makes a token by keyboard, a script uses it, and the chair revokes it', async ({
  server,
  visit,
}) => {
  const page = await visit(server.link('Chair'))
  await page.getByRole('link', { name: 'Tokens for scripts' }).click()
  await page.getByLabel('What it is for').focus()
  await page.keyboard.type('Nightly export')
  await page.getByLabel('export files').focus()
  await page.keyboard.press('Space')
  await page.getByLabel('export files').press('Enter')
  const token = await page.getByLabel(/not shown again/).inputValue()
  const row = page.getByRole('listitem').filter({ hasText: 'Nightly export' })
  await expect(row).toContainText('export files')
  await expect(row).toContainText('not used')

  const ask = (path: string): Promise<Response> =>
    fetch(new URL(path, server.address), { headers: { authorization: `Bearer ${token}` } })
  const file = await ask('/api/drafts/res45/export?format=txt&view=clean')
  expect(await file.text()).toContain('RESOLUTION 45')
  expect((await ask('/api/meetings/wtdc-17/people')).status).toBe(403)

  await page.reload()
  await expect(row).toContainText('last used')
  await row.getByRole('button', { name: 'Revoke Nightly export' }).click()
  await expect(row).toContainText('revoked')
  expect((await ask('/api/drafts/res45')).status).toBe(401)
})
