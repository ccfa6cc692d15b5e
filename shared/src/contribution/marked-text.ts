/** Letters with revision marks, written as in CriticMarkup: `201{--4--}{++7++}`. */

/** A stretch of letters that stay, that are new, or that go. */
export interface MarkedRun {
  readonly mark: 'kept' | 'inserted' | 'deleted'
  readonly text: string
}

/** Never two runs of one mark in a row, never an empty one. */
export type MarkedText = readonly MarkedRun[]

/** What is wrong with a text with marks; `offset` is where, in UTF-16 code units from 0. */
export interface MarkedTextProblem {
  readonly offset: number
  readonly message: string
}

const brackets = /\{\+\+|\{--|\+\+\}|--\}/g

/** Reads a text with marks. Marks do not nest, and one that ends does not begin again at once. */
export function parseMarkedText(source: string): MarkedText | MarkedTextProblem {
  const runs: MarkedRun[] = []
  let open: { readonly closing: string; readonly mark: MarkedRun['mark'] } | null = null
  let at = 0
  const take = (mark: MarkedRun['mark'], text: string): string | null => {
    if (text === '') return mark === 'kept' ? null : `nothing is ${mark} here`
    if (runs.at(-1)?.mark === mark) return `${mark} letters end and begin again here`
    runs.push({ mark, text })
    return null
  }
  for (const { 0: bracket, index } of source.matchAll(brackets)) {
    const letters = source.slice(at, index)
    if (open ? bracket !== open.closing : !bracket.startsWith('{')) {
      return { offset: index, message: `${bracket} out of place` }
    }
    const message = take(open?.mark ?? 'kept', letters)
    if (message !== null) return { offset: index, message }
    if (open) open = null
    else if (bracket === '{++') open = { closing: '++}', mark: 'inserted' }
    else open = { closing: '--}', mark: 'deleted' }
    at = index + bracket.length
  }
  if (open) return { offset: at, message: `${open.closing} is missing for what is ${open.mark}` }
  take('kept', source.slice(at))
  return runs
}

const lettersOf = (text: MarkedText, without: MarkedRun['mark'] | null): string =>
  text.map((run) => (run.mark === without ? '' : run.text)).join('')

/** The letters of the text in force. */
export const baseLetters = (text: MarkedText): string => lettersOf(text, 'inserted')

/** The letters of the text as proposed. */
export const cleanLetters = (text: MarkedText): string => lettersOf(text, 'deleted')

/** All letters in their order, as a text reads that has lost its marks. */
export const allLetters = (text: MarkedText): string => lettersOf(text, null)

/** Whether every letter has the mark. */
export const isWhole = (text: MarkedText | null, mark: MarkedRun['mark']): boolean =>
  text === null || text.every((run) => run.mark === mark)
