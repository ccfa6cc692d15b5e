import { readFile } from 'node:fs/promises'
import { expect, test } from '../fixtures.ts'
import { paragraphsOf } from '../word.ts'

test('the chair leaves alternatives in square brackets by keyboard, and resolves them', async ({
  enter,
}) => {
  const brazil = await enter('Brazil')
  const canada = await enter('Canada')
  const chair = await enter('Chair')
  await brazil.replace('Dubai', 'Brasília')
  await brazil.saved()
  await canada.caretAfter('Brasília')
  await canada.type(' or Ottawa')
  await canada.saved()

  await chair.change('Brasília').getByRole('button').first().focus()
  await chair.press('b')
  const pair = chair.sheet.locator('.bracket')
  await expect(pair).toHaveText(['Dubai', 'Brasília'])
  await expect(pair.first()).toHaveAttribute(
    'title',
    'In square brackets: deletion proposed by Brazil',
  )
  await expect(brazil.sheet.locator('.bracket').last()).toHaveAttribute(
    'title',
    'In square brackets: inserted by Brazil',
  )
  for (const view of ['Clean', 'Accepted'] as const) {
    await chair.view(view)
    await expect(pair).toHaveText(['Dubai', 'Brasília'])
  }
  await chair.view('Base')
  await expect(pair).toHaveCount(0)
  await chair.view('Marked')

  const clean = await readFile(await (await chair.export(/Word, clean/)).path())
  expect(paragraphsOf(clean)[0]).toBe(
    'RESOLUTION 45 (Rev. [Dubai (B: delete)][Brasília (B)] or Ottawa, 2014)',
  )

  await chair.changes.getByRole('radio', { name: /Decided/ }).click()
  await chair.act('Brasília', 'Accept')
  await expect(pair).toHaveCount(0)
  await chair.view('Accepted')
  await expect(chair.paragraph('RESOLUTION 45')).toHaveText('RESOLUTION 45 (Rev. Brasília, 2014)')
})
