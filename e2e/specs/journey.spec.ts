import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from '../fixtures.ts'
import type { Server } from '../server.ts'
import { paragraphsOf, readings, signatories } from '../word.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What `revmark text` prints of the running store's draft, a line for each paragraph. */
async function text(server: Server, view: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['server/src/cli/main.ts', 'text', 'res45', '--view', view],
    { cwd: root, env: { ...process.env, DATA: server.data } },
  )
  return stdout.trimEnd().split('\n')
}

test('two delegations amend Resolution 45, the chair decides, the Word file comes out', async ({
  server,
  enter,
}) => {
  test.setTimeout(120_000)
  const base = await text(server, 'base')
  const brazil = await enter('Brazil')
  const canada = await enter('Canada')
  const chair = await enter('Chair')

  // Brazil changes place and year of the number line.
  await brazil.replace('Dubai', 'Buenos Aires')
  await brazil.caretAfter('2014')
  await brazil.press('Backspace')
  await brazil.type('7')
  await expect(canada.paragraph('RESOLUTION 45')).toContainText(
    'RESOLUTION 45 (Rev. DubaiBuenos Aires, 20147)',
  )

  // A new recalling b): what follows is relabelled, the label itself a revision.
  const added = 'Resolution 70/1 of the United Nations General Assembly;'
  await brazil.caretAfter('communication technologies (ICTs);')
  await brazil.press('Enter')
  await brazil.type(added)
  await expect
    .poll(async () => (await canada.lines()).slice(4, 8).map((line) => line.slice(0, 16)))
    .toEqual(['a) Resolution 13', 'b) Resolution 70', '-bc) Resolution ', '-cd) Resolution '])

  // Brazil strikes an item; Canada amends the same item and types inside Brazil's insertion.
  await brazil.caretAfter('Resolution 181')
  await canada.caretAfter('Resolution 181')
  await Promise.all([brazil.press('ControlOrMeta+Shift+Backspace'), canada.type(' (as amended)')])
  await canada.caretAfter('Resolution 70/1')
  await canada.type(' of 2015')
  for (const delegate of [brazil, canada]) {
    await expect(delegate.paragraph('70/1')).toContainText('Resolution 70/1 of 2015 of the United')
    await expect(delegate.paragraph('Resolution 181')).toContainText('181 (as amended) (Guad')
    const foreign = delegate.sheet.locator('ins', { hasText: 'of 2015' })
    await expect(foreign.first()).toBeVisible()
  }
  const colours = await Promise.all(
    ['of 2015', 'of the United Nations General Assembly'].map((letters) =>
      chair.sheet
        .locator('ins', { hasText: letters })
        .first()
        .evaluate((mark) => getComputedStyle(mark).textDecorationColor),
    ),
  )
  expect(new Set(colours).size).toBe(2)
  await brazil.saved()
  await canada.saved()

  // The chair accepts one change and rejects one.
  await chair.act('Buenos Aires', 'Accept')
  await chair.act('(as amended)', 'Reject')
  await expect(brazil.sheet).not.toContainText('(as amended)')
  const accepted = await text(server, 'accepted')
  expect(accepted[0]).toBe('RESOLUTION 45 (Rev. Buenos Aires, 2014)')
  expect(accepted.slice(1)).toEqual(base.slice(1))

  // Everything acknowledged outlives a killed server, and the pages come back by themselves.
  const before = await brazil.lines()
  await server.kill('SIGKILL')
  await brazil.caretAfter('of the United Nations')
  await brazil.type(' (UN)')
  await expect(brazil.page.getByText('Saved', { exact: true })).toBeHidden()
  await server.start()
  await brazil.saved()
  const now = before.map((line) =>
    line.replace('the United Nations General', 'the United Nations (UN) General'),
  )
  await expect.poll(() => brazil.lines()).toEqual(now)
  await expect.poll(() => canada.lines()).toEqual(now)
  await chair.page.reload()
  await expect(chair.sheet).toContainText('RESOLUTION 45')
  expect(await chair.lines()).toEqual(now)

  // The files, as an engine that we did not write reads them.
  const marked = await readFile(await (await chair.export(/marked up/)).path())
  const clean = await readFile(await (await chair.export(/Word, clean/)).path())
  expect(await text(server, 'base')).toEqual(base)
  const cleanText = await text(server, 'clean')
  expect(cleanText).toContain(
    'b)\tResolution 70/1 of 2015 of the United Nations (UN) General Assembly;',
  )
  expect(paragraphsOf(clean)).toEqual(cleanText)
  expect(await readings(marked)).toEqual({ accepted: cleanText, rejected: base })
  expect(await signatories(marked)).toEqual(['Brazil', 'Canada'])
})
