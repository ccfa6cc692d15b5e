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
