import { readFile } from 'node:fs/promises'
import { expect, test } from '../fixtures.ts'

test('the chair makes a token by keyboard, a script uses it, and the record says so', async ({
  server,
  visit,
  enter,
}) => {
  await enter('Brazil')
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

  await page.getByRole('link', { name: /^World Telecommunication/ }).click()
  await page.getByRole('link', { name: 'Who did what' }).click()
  const record = page.getByRole('list', { name: 'Record' })
  await expect(record).toContainText('Delegate of Brazil opened a draft · res45')
  await expect(record).toContainText(/exported · txt · clean · res45 · by the token \w+/)
  await page.getByLabel('Show').selectOption('rights')
  await expect(record).not.toContainText('opened a draft')
  await expect(record).toContainText('The server or its operator made a sign-in link')
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'table' }).click()
  const table = await readFile(await (await download).path(), 'utf8')
  expect(table).toContain(',brazil,Delegate of Brazil,,draft-opened,res45,')
})
