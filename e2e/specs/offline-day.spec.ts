/** A day without a line. */
import { expect, test } from '../fixtures.ts'
import { onDevice } from '../device.ts'
import { DraftPage } from '../pages.ts'

/** A line is a key each and Enter: as many edits. */
const lines = Array.from({ length: 100 }, (_, n) => `${n} `.padEnd(79, 'abcdefghij'))
const edits = lines.length * 80

/** Of what React keeps for an element, the way to the copy that the editor shows. */
interface Fiber {
  readonly return: Fiber
  readonly memoizedProps: { readonly copy?: OpenCopy } | null
}

interface OpenCopy {
  readonly pen: { insert(at: unknown, text: string): unknown }
  readonly ledger: {
    project(view: 'marked'): {
      readonly paragraphs: readonly {
        readonly key: string
        readonly text: string
        readonly pieces: readonly {
          readonly client: number
          readonly clock: number
          readonly length: number
          readonly shown: boolean
        }[]
      }[]
    }
  }
}

test('O8: 8,000 edits of a day offline all arrive, in order and once', async ({
  server,
  enter,
}) => {
  test.slow()
  const brazil = await enter('Brazil')
  const { page } = brazil
  await brazil.caretAfter('Resolution 130')
  await brazil.type(' [')
  await brazil.saved()
  await server.kill()
  await page.evaluate(
    (written) => {
      // Keys would take minutes. So this takes the pen that they move, which React's own record of the
      // editor's element has among its properties.
      const editor = document.querySelector('.editor') as unknown as Record<string, Fiber>
      let fiber = editor[Object.keys(editor).find((key) => key.startsWith('__reactFiber$'))!]!
      while (!fiber.memoizedProps?.copy) fiber = fiber.return
      const { pen, ledger } = fiber.memoizedProps.copy
      const { key, pieces } = ledger
        .project('marked')
        .paragraphs.find(({ text }) => text.includes('Resolution 130 ['))!
      const { client, clock, length } = pieces.findLast(({ shown }) => shown)!
      let place: unknown = { paragraph: key, after: { client, clock: clock + length - 1 } }
      for (const letter of written) place = pen.insert(place, letter)
    },
    lines.map((line) => `${line}\n`).join(''),
  )
  await expect(page.getByRole('button', { name: /^Offline: 8000 changes kept/ })).toBeVisible()
  await expect.poll(async () => (await onDevice(page)).edits).toBe(edits)
  await page.goto('about:blank')
  await server.start()
  await page.goto(server.address)
  await DraftPage.open(page)
  await brazil.saved()
  await expect.poll(async () => (await onDevice(page)).edits).toBe(0)
  const chair = await enter('Chair')
  const shown = (await chair.sheet.locator('.provision').allTextContents()).map((text) =>
    lines.find((line) => text.includes(line)),
  )
  expect(shown.filter((line) => line !== undefined)).toEqual(lines)
})
