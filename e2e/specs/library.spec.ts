import { expect, test } from '../fixtures.ts'
import { DraftPage } from '../pages.ts'

test('the library: search, read, compare, and what became of a proposal', async ({
  server,
  visit,
}) => {
  const page = await visit(server.link('Observer'))
  await page.getByRole('link', { name: 'The library' }).click()
  await expect(page.getByRole('heading', { name: 'Library' })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search the library' }).fill('kigali')
  await expect(page.getByRole('link', { name: /Resolution/ })).toHaveCount(1)
  await page.getByRole('searchbox').fill('no such text')
  await expect(page.getByText('Nothing in the library has all of these words.')).toBeVisible()
  await page.getByRole('searchbox').fill('dubai 2014')
  await page.getByRole('link', { name: /^Resolution 45 \(Rev\. Dubai, 2014\)/ }).click()

  const text = new DraftPage(page)
  await expect(text.sheet).toContainText('RESOLUTION 45 (Rev. Dubai, 2014)')
  await page.getByRole('button', { name: 'recognizing' }).click()
  await expect(text.paragraph('that measures undertaken to ensure')).toBeInViewport()

  await page.getByLabel('Compare with').selectOption({ label: 'Resolution 45 (Rev. Kigali, 2022)' })
  await page.getByRole('button', { name: 'Compare' }).click()
  await expect(text.sheet.locator('ins', { hasText: 'Kigali' }).first()).toBeVisible()
  await text.view('Clean')
  await expect(text.sheet).toContainText('RESOLUTION 45 (Rev. Kigali, 2022)')
  await text.view('Base')
  await expect(text.sheet).toContainText('RESOLUTION 45 (Rev. Dubai, 2014)')

  await page.goto(new URL('/library/res45-brazil-2017', server.address).href)
  await expect(text.sheet.locator('ins', { hasText: 'Buenos Aires' }).first()).toBeVisible()
  await expect(page.getByRole('link', { name: /^in Resolution/ })).toHaveText([
    'in Resolution 45 (Rev. Kigali, 2022)',
  ])
  await page.getByRole('link', { name: 'in Resolution 45 (Rev. Kigali, 2022)' }).click()
  await expect(page.getByText('8 taken over, 6 in other words, 31 not taken over')).toBeVisible()
  await expect(page.getByRole('row')).toHaveCount(46)
})

test('the chair starts a draft on an edition of the library', async ({ server, visit }) => {
  const page = await visit(server.link('Chair'))
  await page.getByRole('link', { name: 'The library' }).click()
  await page.getByRole('link', { name: /^Resolution 130/ }).click()
  await page.getByRole('button', { name: 'Start a draft as Chair of Working Group 3' }).click()
  await expect(
    page.getByRole('heading', { name: 'Resolution 130 (Rev. Antalya, 2006)' }),
  ).toBeVisible()
  await expect(new DraftPage(page).sheet).toContainText('RESOLUTION 130')
})

test('a comparison becomes a draft that the chair decides', async ({ server, visit }) => {
  const page = await visit(server.link('Chair'))
  await expect(page.getByRole('heading', { name: 'Drafts' })).toBeVisible()
  const compared = '/library/res45-dubai-2014/compare/res45-kigali-2022'
  await page.goto(new URL(compared, server.address).href)
  await page.getByRole('button', { name: 'Start a draft as Chair of Working Group 3' }).click()
  const draft = new DraftPage(page)
  await expect(draft.sheet).toContainText('DubaiKigali')
  await draft.act('Kigali', 'Accept')
  await draft.view('Accepted')
  await expect(draft.sheet).toContainText('RESOLUTION 45 (Rev. Kigali, 2014)')
})

test('a text that the library does not have is said so', async ({ server, visit }) => {
  const page = await visit(server.link('Observer'), /404/)
  await expect(page.getByRole('heading', { name: 'Drafts' })).toBeVisible()
  await page.goto(new URL('/library/nothing', server.address).href)
  await expect(page.getByText('The library has no text "nothing".')).toBeVisible()
})
