import { readFile } from 'node:fs/promises'
import { expect, test } from '../fixtures.ts'

test('the chair reads who did what, and takes the record away', async ({
  server,
  visit,
  enter,
}) => {
  await enter('Brazil')
  const page = await visit(server.link('Chair'))
  await page.getByRole('link', { name: 'Who did what' }).click()
  const record = page.getByRole('list', { name: 'Record' })
  await expect(record).toContainText('Delegate of Brazil opened a draft · res45')
  await page.getByLabel('Show').selectOption('rights')
  await expect(record).not.toContainText('opened a draft')
  await expect(record).toContainText('The server made a sign-in link')
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'table' }).click()
  const table = await readFile(await (await download).path(), 'utf8')
  expect(table).toContain(',brazil,Delegate of Brazil,,draft-opened,res45,')
})
