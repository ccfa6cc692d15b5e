/** What a person at a browser can do, as functions. They use what is to be read on the page. */
import { expect } from '@playwright/test'
import type { Download, Locator, Page } from '@playwright/test'

/** On the page of a meeting: goes into a draft with the one seat that this browser holds. */
export async function openDraft(page: Page, title: string | RegExp): Promise<void> {
  const ways = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: title }) })
  await ways.getByRole('link').click()
  await expect(sheetOf(page)).toBeVisible()
}

/** The text of the draft, as a page of the document. */
export const sheetOf = (page: Page) => page.getByRole('main')

/** What the page says it has saved, and whether the line holds. */
export const statusOf = (page: Page) => page.getByRole('status')

/** A person in front of a draft, with keyboard and mouse only. */
export class DraftPage {
  readonly page: Page
  readonly sheet: Locator
  readonly changes: Locator

  constructor(page: Page) {
    this.page = page
    this.sheet = page.getByRole('textbox', { name: 'Text of the draft' })
    this.changes = page.getByRole('region', { name: 'Changes' })
  }

  /** From the page that a sign-in link opens to the first draft of the meeting. */
  static async open(page: Page): Promise<DraftPage> {
    const draft = new DraftPage(page)
    await openDraft(page, /^Resolution 45/)
    await expect(draft.sheet).toContainText('RESOLUTION 45')
    return draft
  }

  /** The paragraph that has these letters. */
  paragraph(letters: string): Locator {
    return this.sheet.locator('.provision', { hasText: letters }).first()
  }

  /** Clicks between two letters of a paragraph: after the first `before`. */
  async caretAfter(before: string): Promise<void> {
    const { x, y } = await this.edgeOf(before)
    await this.page.mouse.click(x, y)
  }

  /** Marks letters as a person does: click before them, click after them with Shift held. */
  async select(letters: string): Promise<void> {
    const { start, end } = await this.edgesOf(letters)
    await this.page.mouse.click(start.x, start.y)
    await this.page.keyboard.down('Shift')
    await this.page.mouse.click(end.x, end.y)
    await this.page.keyboard.up('Shift')
  }

  /** Selects letters and writes others in their place. */
  async replace(letters: string, by: string): Promise<void> {
    await this.select(letters)
    await this.page.keyboard.type(by)
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text)
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key)
  }

  async view(name: 'Marked' | 'Clean' | 'Accepted' | 'Base'): Promise<void> {
    await this.page.getByRole('radio', { name, exact: true }).click()
  }

  /** Waits until the server has everything that was typed here on its disk. */
  async saved(): Promise<void> {
    await expect(this.page.getByText('Saved', { exact: true })).toBeVisible()
  }

  /** The paragraphs on screen, each `label text`, a struck label and its successor side by side. */
  async lines(): Promise<string[]> {
    return this.sheet.locator('.provision').evaluateAll((provisions) =>
      provisions.map((provision) => {
        const label = [...provision.querySelectorAll<HTMLElement>('.label [data-label]')]
          .map((part) => `${part.tagName === 'DEL' ? '-' : ''}${part.dataset['label']}`)
          .join('')
        const words = provision.querySelector('p')!.textContent
        return label === '' ? words : `${label} ${words}`
      }),
    )
  }

  /** The row of the change that has these letters, in whatever state the panel lists. */
  change(letters: string): Locator {
    return this.changes.getByRole('listitem').filter({ hasText: letters }).first()
  }

  /** Decides or withdraws by the button of the change's row. */
  async act(
    letters: string,
    act: 'Accept' | 'Reject' | 'Bracket' | 'Reopen' | 'Withdraw',
  ): Promise<void> {
    const row = this.change(letters)
    await row.getByRole('button').first().click()
    await row.getByRole('button', { name: act, exact: true }).click()
  }

  /** Takes a file from the export menu. */
  async export(name: RegExp): Promise<Download> {
    await this.page.getByRole('button', { name: 'Export' }).click()
    const download = this.page.waitForEvent('download')
    await this.page.getByRole('menuitem', { name }).click()
    return download
  }

  private async edgeOf(letters: string): Promise<Point> {
    return (await this.edgesOf(letters)).end
  }

  /** Where on the screen some letters of one paragraph begin and end. */
  private async edgesOf(letters: string): Promise<{ start: Point; end: Point }> {
    const paragraph = this.paragraph(letters)
    await paragraph.scrollIntoViewIfNeeded()
    return paragraph.locator('p').evaluate((element, wanted) => {
      const at = element.textContent.indexOf(wanted)
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
      const texts: { node: Node; from: number }[] = []
      let length = 0
      while (walker.nextNode()) {
        texts.push({ node: walker.currentNode, from: length })
        length += walker.currentNode.textContent!.length
      }
      const rectOf = (index: number): DOMRect => {
        const { node, from } = texts.findLast((text) => text.from <= index)!
        const range = document.createRange()
        range.setStart(node, index - from)
        range.setEnd(node, index - from + 1)
        return range.getBoundingClientRect()
      }
      const first = rectOf(at)
      const last = rectOf(at + wanted.length - 1)
      return {
        start: { x: first.left + 0.5, y: first.top + first.height / 2 },
        end: { x: last.right - 0.5, y: last.top + last.height / 2 },
      }
    }, letters)
  }
}

interface Point {
  readonly x: number
  readonly y: number
}
