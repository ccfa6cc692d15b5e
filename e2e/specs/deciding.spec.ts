import { expect, test } from '../fixtures.ts'

test('the chair decides a section at once by keyboard, with a note, and reopens it together', async ({
  enter,
}) => {
  const brazil = await enter('Brazil')
  const canada = await enter('Canada')
  const chair = await enter('Chair')
  await brazil.caretAfter('communication technologies (ICTs);')
  await brazil.press('Enter')
  await brazil.type('a new item;')
  await canada.select('terminology')
  await canada.type('vocabulary')
  await brazil.saved()
  await canada.saved()

  await chair.change('a new item').getByRole('button').first().focus()
  await chair.press('Shift+A')
  const form = chair.page.getByRole('form', { name: 'Decide' })
  await expect(form.getByLabel('What')).toBeFocused()
  await form.getByLabel('What').selectOption('section')
  await expect(form).toContainText('2 changes: 1 of Brazil, 1 of Canada.')
  await expect(form).toContainText('Clean stays as it is.')
  await expect(form).toContainText(/Accepted changes in \d+ paragraphs/)
  await chair.press('Tab')
  await chair.type('agreed in plenary')
  await chair.press('Enter')
  await expect(form).toBeHidden()
  await expect(chair.changes).toContainText('Nothing is pending here')

  for (const one of [chair, brazil]) {
    await one.changes.getByRole('radio', { name: /Decided/ }).click()
    await expect(one.change('vocabulary')).toContainText('agreed in plenary')
    await expect(one.change('a new item')).toContainText('agreed in plenary')
  }

  await chair.change('vocabulary').getByRole('button').first().focus()
  await chair.press('o')
  await expect(form.getByLabel('What')).toHaveValue('together')
  await chair.press('Enter')
  await expect(form).toBeHidden()
  await expect(chair.changes).toContainText('Nothing has been decided here yet')
})

test('a part of a change is decided by selecting it in the text', async ({ enter }) => {
  const brazil = await enter('Brazil')
  const chair = await enter('Chair')
  await brazil.caretAfter('communication technologies')
  await brazil.type(' first second')
  await brazil.saved()
  await expect(chair.sheet).toContainText('first second')

  await chair.select(' first')
  await expect(chair.change('first second')).toHaveAttribute('data-selected')
  await chair.press('Alt+a')
  const form = chair.page.getByRole('form', { name: 'Decide' })
  await expect(form).toContainText('1 change of Brazil.')
  await form.getByRole('button', { name: /^Accept/ }).click()
  await expect(form).toBeHidden()
  await chair.view('Accepted')
  await expect(chair.paragraph('technologies first')).not.toContainText('second')
})

test('a preview stays true while others write, and nothing is decided unseen', async ({
  enter,
}) => {
  const brazil = await enter('Brazil')
  const canada = await enter('Canada')
  const chair = await enter('Chair')
  await brazil.replace('Dubai', 'Brasília')
  await brazil.saved()
  await chair.change('Brasília').getByRole('button').first().focus()
  await chair.press('Shift+B')
  const form = chair.page.getByRole('form', { name: 'Decide' })
  await form.getByLabel('What').selectOption('all')
  await expect(form).toContainText('1 change of Brazil.')
  await canada.caretAfter('communication technologies')
  await canada.type(' and more')
  await canada.saved()
  await expect(form).toContainText('2 changes: 1 of Brazil, 1 of Canada.')
  await chair.press('Escape')
  await expect(form).toBeHidden()
  await expect(chair.change('Brasília').getByRole('button').first()).toBeFocused()
})
