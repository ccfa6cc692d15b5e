/** What a browser has kept on its device, as it tells itself. */
import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'

export interface OnDevice {
  readonly edits: number
  readonly clients: number
  readonly drafts: number
  readonly updates: number
}

/** How many of each the browser keeps. */
export const onDevice = (page: Page): Promise<OnDevice> =>
  page.evaluate(() => {
    const none = { edits: 0, clients: 0, drafts: 0, updates: 0 }
    return new Promise<OnDevice>((resolve) => {
      const opening = indexedDB.open('revmark')
      // To open what is not there makes it, which is not to stay.
      opening.addEventListener('upgradeneeded', () => opening.transaction!.abort())
      opening.addEventListener('error', () => resolve(none))
      opening.addEventListener('success', () => {
        const names = ['edits', 'clients', 'drafts', 'updates'] as const
        const counting = opening.result.transaction(names)
        const counts = names.map((name) => counting.objectStore(name).count())
        counting.addEventListener('complete', () => {
          opening.result.close()
          const [edits, clients, drafts, updates] = counts.map(({ result }) => result)
          resolve({ edits, clients, drafts, updates } as OnDevice)
        })
      })
    })
  })

/** Waits until the browser keeps the one draft that is open in it, and ids to write with. */
export async function kept(page: Page): Promise<void> {
  await expect.poll(async () => (await onDevice(page)).drafts).toBe(1)
  await expect.poll(async () => (await onDevice(page)).clients).toBeGreaterThan(3)
}

/** Waits until the browser keeps the application too: its test uses `keepsApplication`. */
export async function ready(page: Page): Promise<void> {
  await page.evaluate(async () => (await navigator.serviceWorker.ready).scope)
  await kept(page)
}

/** Has the kept draft be so many days older than it is. */
export const age = (page: Page, days: number): Promise<void> =>
  page.evaluate(
    (by) =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('revmark')
        opening.addEventListener('success', () => {
          const aging = opening.result.transaction('drafts', 'readwrite')
          const all = aging.objectStore('drafts').getAll()
          all.addEventListener('success', () => {
            for (const record of all.result as { at: number }[])
              aging.objectStore('drafts').put({ ...record, at: record.at - by })
          })
          aging.addEventListener('complete', () => {
            opening.result.close()
            resolve()
          })
        })
      }),
    days * 86_400_000,
  )
