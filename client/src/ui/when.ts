/** Times as a person reads them, in the browser's language and zone. */

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' })
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })
const both = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** "25 November 2026"; all times in milliseconds since 1970. */
export const dayOf = (at: number): string => day.format(at)

/** "08:41" */
export const timeOf = (at: number): string => time.format(at)

const floating = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
})

/**
 * A date in a Word file, "25 Nov 2026, 08:41": in the browser's zone where it is UTC for certain, else
 * as it was written; null where it is none.
 */
export function whenInFile(date: string, isUtc: boolean): string | null {
  const at = Date.parse(isUtc ? date : `${date.slice(0, 19)}Z`)
  return Number.isNaN(at) ? null : (isUtc ? both : floating).format(at)
}

/** "25 Nov 2026, 08:41" */
export const whenOf = (at: number): string => both.format(at)
