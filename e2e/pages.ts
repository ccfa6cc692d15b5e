/** What a person at a browser can do, as functions. They use what is to be read on the page. */
import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'

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
