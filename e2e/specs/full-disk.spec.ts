import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from '../fixtures.ts'
import { DraftPage } from '../pages.ts'

test.use({ environment: { DATA_LIMIT: '16' } })

test('a full disk: all read on and are told, nothing is lost, and it is over without a restart', async ({
  server,
  visit,
  enter,
}) => {
  const refusals = /WebSocket|503/
  const brazil = await enter('Brazil', refusals)
  const chair = await enter('Chair', refusals)
  const canadaPage = await visit(server.link('Canada'), refusals)
  await brazil.caretAfter('Resolution 130')
  await brazil.type(' acknowledged')
  await brazil.saved()

  // Somebody else fills the disk: the store may not grow beyond 16 MB, and is there already.
  const disk = new DatabaseSync(join(server.data, 'revmark.sqlite'), { timeout: 5000 })
  disk.exec('CREATE TABLE ballast (data BLOB); INSERT INTO ballast VALUES (zeroblob(17000000))')
  const notice = (draft: DraftPage) => draft.page.getByText('Not saved at present.')
  await expect(async () => {
    await brazil.type(' kept in the page')
    await expect(notice(brazil)).toBeVisible({ timeout: 100 })
  }).toPass()
  await expect(
    brazil.page.getByRole('button', { name: /^Not saved: \d+ changes? kept/ }),
  ).toBeVisible()
  await expect(notice(chair)).toBeVisible()
  await expect(chair.sheet).toContainText('Resolution 130 acknowledged')

  // Who comes now can read, and decisions are refused in words.
  const canada = await DraftPage.open(canadaPage)
  await expect(notice(canada)).toBeVisible()
  await chair.act('acknowledged', 'Accept')
  await expect(chair.page.getByText(/cannot save at present/).last()).toBeVisible()

  disk.exec('DELETE FROM ballast')
  disk.close()
  await brazil.saved()
  await expect(notice(chair)).toBeHidden()
  const written = await brazil.paragraph('Resolution 130 acknowledged').textContent()
  await expect(chair.paragraph('Resolution 130 acknowledged')).toHaveText(written!)
  await canada.caretAfter('Resolution 174')
  await canada.type(' afterwards')
  await canada.saved()
  await expect(chair.sheet).toContainText('Resolution 174 afterwards')
})
