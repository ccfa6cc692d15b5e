import { expect, test } from '../fixtures.ts'
import { openDraft, sheetOf } from '../pages.ts'

for (const seat of ['Chair', 'Brazil', 'Canada', 'Observer']) {
  test(`the link of ${seat} leads into the draft, and its token out of the address`, async ({
    server,
    visit,
  }) => {
    const page = await visit(server.link(seat))
    await expect(page).not.toHaveURL(/join|#/)
    await openDraft(page, /^Resolution 45/)
    await expect(sheetOf(page)).toContainText('RESOLUTION 45 (Rev. Dubai, 2014)', {
      ignoreCase: true,
    })
  })
}

test('a link of before the last start is refused with what to do', async ({ server, visit }) => {
  const former = server.link('Brazil')
  await server.kill()
  await server.start()
  const page = await visit(former, /410 \(Gone\)/)
  await expect(page.getByRole('heading', { name: 'You could not be signed in' })).toBeVisible()
})

test('a seat outlives the death of the server', async ({ server, visit }) => {
  const page = await visit(server.link('Chair'))
  await expect(page.getByRole('heading', { name: 'Drafts' })).toBeVisible()
  await server.kill()
  await server.start()
  await page.goto(server.address)
  await openDraft(page, /^Resolution 45/)
})

test('a person sees where the seat is taken, and signs out there', async ({ server, visit }) => {
  const there = await visit(server.link('Observer'), /401/)
  await expect(there.getByRole('heading', { name: 'Drafts' })).toBeVisible()
  const here = await visit(server.link('Observer'))
  await here.getByRole('link', { name: 'Where you are signed in' }).click()
  await expect(here.getByText('this browser')).toBeVisible()
  await here.getByRole('button', { name: /^Sign out of Chrome/ }).click()
  await expect(here.getByRole('listitem').filter({ hasText: 'last used' })).toHaveCount(1)
  await there.reload()
  await expect(there.getByRole('heading', { name: 'You have no seat' })).toBeVisible()
})

test('two links opened at once in one fresh browser are two seats of one session', async ({
  server,
  browser,
}) => {
  const context = await browser.newContext()
  const first = await context.newPage()
  const pages = [first, await context.newPage(), await context.newPage()]
  const links = ['Chair', 'Brazil', 'Canada'].map((name) => server.link(name))
  // Nobody is answered before all have asked, or wait to.
  const { promise: allAsk, resolve: answer } = Promise.withResolvers<void>()
  await context.route('**/api/join', async (route) => {
    await allAsk
    await route.continue()
  })
  await Promise.all(pages.map((page, n) => page.goto(links[n]!)))
  for (const page of pages) await expect(page.getByText('Taking your seat')).toBeVisible()
  answer()
  for (const page of pages)
    await expect(page.getByRole('heading', { name: 'Drafts' })).toBeVisible()
  await first.goto(server.address)
  const ways = first.getByRole('list', { name: /^Ways into Resolution 45/ }).first()
  await expect(ways.getByRole('link')).toHaveCount(3)
  await context.close()
})
