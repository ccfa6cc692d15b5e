import { expect, test } from '../fixtures.ts'

test('the server prints a sign-in link for the chair, two delegations, an observer and the secretariat', ({
  server,
}) => {
  expect(server.links).toHaveLength(5)
  expect(new Set(server.links.map(({ url }) => url)).size).toBe(5)
  for (const { url } of server.links) expect(url).toContain(`${server.address}/join#`)
  expect(server.link('chair')).not.toBe(server.link('observer'))
})

test('the first page opens without an error', async ({ visit }) => {
  const page = await visit('/')
  await expect(page).toHaveTitle(/Revmark/)
})

test('a killed server starts again on the same data, with fresh links', async ({ server }) => {
  const before = server.link('chair')
  await server.kill()
  await server.start()
  expect(server.link('chair')).not.toBe(before)
})
