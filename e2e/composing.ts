/** What an input method does, through the browser's own protocol. */
import type { Page } from '@playwright/test'

/** One word being composed: what stands under the caret after each key, and what is committed. */
export interface Word {
  readonly steps: readonly string[]
  readonly committed: string
}

export const japanese: Word = {
  steps: ['ｎ', 'に', 'にｈ', 'にほ', 'にほｎ', 'にほん', '日本'],
  committed: '日本',
}

export const korean: Word = { steps: ['ㅎ', '하', '한'], committed: '한' }

export const deadKey: Word = { steps: ['´'], committed: 'é' }

/**
 * Composes a word at the caret. `meanwhile` runs between two keys, about half way. Returns how often
 * the browser began and ended to compose: a browser that was disturbed begins again.
 */
export async function compose(
  page: Page,
  { steps, committed }: Word,
  meanwhile: () => Promise<void> = async () => {},
): Promise<{ begun: number; ended: number }> {
  const protocol = await page.context().newCDPSession(page)
  const counts = await page.evaluateHandle(() => {
    const seen = { begun: 0, ended: 0 }
    document.addEventListener('compositionstart', () => seen.begun++, true)
    document.addEventListener('compositionend', () => seen.ended++, true)
    return seen
  })
  for (const [i, text] of steps.entries()) {
    await protocol.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    })
    await twoFrames(page)
    if (i === Math.floor(steps.length / 2)) await meanwhile()
  }
  await protocol.send('Input.insertText', { text: committed })
  await twoFrames(page)
  await protocol.detach()
  return counts.jsonValue()
}

/** Until the page has taken in what happened, and drawn it. */
const twoFrames = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()))
      }),
  )
