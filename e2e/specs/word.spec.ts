import { readFile, writeFile } from 'node:fs/promises'
import type { Download, Page } from '@playwright/test'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { expect, test } from '../fixtures.ts'
import { DraftPage } from '../pages.ts'

/** The text on the sheet with its marks: what is inserted and what is struck, paragraph by paragraph. */
const marksOn = ({ sheet }: DraftPage): Promise<string[]> =>
  sheet.locator('.provision').evaluateAll((provisions) =>
    provisions.map((provision) => {
      const marked = (node: Node): string => {
        if (!(node instanceof HTMLElement)) return node.textContent ?? ''
        const inner = [...node.childNodes].map(marked).join('')
        return node.tagName === 'INS' ? `+${inner}+` : node.tagName === 'DEL' ? `-${inner}-` : inner
      }
      return marked(provision)
    }),
  )

const bytesOf = async (download: Download): Promise<Buffer> => readFile(await download.path())

/** Lets go of a file over the page. */
async function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const held = await page.evaluateHandle(
    ([name, base64]) => {
      const transfer = new DataTransfer()
      const letters = Uint8Array.from(atob(base64!), (letter) => letter.charCodeAt(0))
      transfer.items.add(new File([letters], name!))
      return transfer
    },
    [name, Buffer.from(bytes).toString('base64')],
  )
  for (const type of ['dragover', 'drop'])
    await page.getByRole('main').dispatchEvent(type, { dataTransfer: held })
}

test('a contribution in Word is exported, dropped on a draft, and has the same marks there', async ({
  server,
  visit,
  enter,
}) => {
  const page = await visit(server.link('Brazil'))
  await expect(page.getByRole('heading', { name: 'Drafts' })).toBeVisible()
  await page.goto(new URL('/library/res45-brazil-2017', server.address).href)
  const text = new DraftPage(page)
  await expect(text.sheet).toContainText('Buenos Aires')
  const marks = await marksOn(text)
  const bytes = await bytesOf(await text.export(/^Word/))

  await page.goto(new URL('/', server.address).href)
  const draft = await DraftPage.open(page)
  await drop(page, 'Brazil.docx', bytes)
  const dialog = page.getByRole('dialog', { name: 'Brazil.docx' })
  await expect(dialog).toContainText('61 marked changes of Resolution 45 (Rev. Dubai, 2014)')
  await dialog.getByRole('button', { name: 'Take in as changes of Brazil' }).click()
  await expect(dialog).toBeHidden()
  await expect(draft.sheet).toContainText('Buenos Aires')
  expect(await marksOn(draft)).toEqual(marks)
  await expect(page.getByText(/^Signed in the file by Brazil, /).first()).toBeVisible()

  const canada = await enter('Canada')
  expect(await marksOn(canada)).toEqual(marks)
  await canada.page.getByRole('button', { name: 'Bring a Word file in' }).click()
  const again = canada.page.waitForEvent('download')
  await canada.page.getByRole('link', { name: 'Brazil.docx' }).click()
  expect((await bytesOf(await again)).equals(bytes)).toBe(true)
})

test('what differs without a mark is asked, a bad file is refused, a file begins a draft', async ({
  server,
  visit,
}, info) => {
  const page = await visit(server.link('Canada'), /422/)
  const draft = await DraftPage.open(page)
  const parts = unzipSync(await bytesOf(await draft.export(/^Word, marked/)))
  const document = strFromU8(parts['word/document.xml']!)
  const other = document.replace('Mechanisms for', 'Instruments for')
  const bytes = zipSync({ ...parts, 'word/document.xml': strToU8(other) })
  const file = info.outputPath('Canada.docx')
  await writeFile(file, bytes)

  await page.getByRole('button', { name: 'Bring a Word file in' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Choose a .docx file').setInputFiles({
    name: 'old.doc',
    mimeType: 'application/msword',
    buffer: Buffer.from('words'),
  })
  await expect(dialog.getByRole('alert')).toContainText('This is no .docx file')
  await dialog.getByRole('button', { name: 'Another file' }).click()
  await dialog.getByLabel('Choose a .docx file').setInputFiles(file)
  await expect(dialog.getByRole('group')).toContainText('differs from Resolution 45')
  const take = dialog.getByRole('button', { name: 'Take in as changes of Canada' })
  await expect(take).toBeDisabled()
  await dialog.getByLabel('Take them too, as changes of Canada').check()
  await take.click()
  await expect(draft.sheet.locator('ins', { hasText: 'Instruments' })).toBeVisible()

  await page.goto(new URL('/', server.address).href)
  await page.getByRole('button', { name: 'Begin a draft with a Word file' }).click()
  await dialog.getByLabel('Choose a .docx file').setInputFiles(file)
  await dialog.getByLabel('Leave them aside').check()
  await take.click()
  await expect(draft.sheet).toContainText('Mechanisms for')
  expect((await marksOn(draft)).join('\n')).not.toContain('+')
  expect(page.url()).toContain('res45-dubai-2014-')
})

test('a Word file is written as a contribution, with what was chosen, which is remembered', async ({
  server,
  visit,
}) => {
  const page = await visit(server.link('Brazil'))
  const draft = await DraftPage.open(page)
  await draft.replace('Mechanisms', 'Instruments')
  await draft.saved()
  const open = async () => {
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('menuitem', { name: /^Word, as a contribution/ }).click()
  }
  await open()
  const dialog = page.getByRole('dialog', { name: 'Word file of this draft' })
  await dialog.getByLabel('Template').selectOption({ label: 'WTSA: Times New Roman 11' })
  const chosen = (name: string) => dialog.getByRole('combobox', { name, exact: true })
  const comments = chosen('Comments')
  await expect(comments).toHaveValue('none')
  await comments.selectOption('changes')
  await chosen('Persons').selectOption('named')
  await dialog.getByLabel('As a contribution').check()
  await expect(dialog.getByLabel('Source')).toHaveValue('Brazil')
  await dialog.getByLabel(/^Identifier/).fill('B/24/1')
  await dialog.getByLabel('Reasons', { exact: true }).fill('Because.')
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Download' }).click()
  const parts = unzipSync(await bytesOf(await download))
  await expect(dialog.getByRole('status')).toContainText(
    /accepted [0-9a-f]{64}rejected [0-9a-f]{64}/,
  )
  const document = strFromU8(parts['word/document.xml']!)
  for (const words of ['PLENARY MEETING', '>B/24/1<', '>Because.<', 'w:delText', '>Instruments<'])
    expect(document).toContain(words)
  expect(strFromU8(parts['word/styles.xml']!)).toContain('Times New Roman')
  expect(strFromU8(parts['word/comments.xml']!)).toContain('>Written by Delegate of Brazil<')
  await dialog.getByRole('button', { name: 'Close' }).click()
  await page.reload()
  await open()
  await expect(dialog.getByLabel(/^Identifier/)).toHaveValue('B/24/1')
  await expect(comments).toHaveValue('changes')
  await dialog
    .getByRole('combobox', { name: 'Marks', exact: true })
    .selectOption({ label: 'of the delegations chosen here' })
  await expect(dialog.getByRole('button', { name: 'Download' })).toBeDisabled()
  await dialog.getByLabel('Canada').check()
  const other = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Download' }).click()
  const file = unzipSync(await bytesOf(await other))
  expect(strFromU8(file['word/document.xml']!)).not.toContain('Instruments')
})
