/** Find and replace in the text on screen; each replacement is a change of one's own delegation. */
import { posAt, placeAt } from './lines.ts'
import type { Binding } from './binding.ts'
import type { Match } from './search.ts'

/** Brings the current match into sight; the focus stays where it is. */
export function showCurrent(binding: Binding): void {
  const match = binding.desk.search.current
  if (!match) return
  const { view } = binding
  const at = view.domAtPos(posAt(view.state.doc, { line: match.line, offset: match.from }))
  const element = at.node instanceof Element ? at.node : at.node.parentElement
  element?.scrollIntoView({ block: 'center' })
}

/** Puts the selection over the current match and the focus into the text. */
export function goToCurrent(binding: Binding): void {
  const match = binding.desk.search.current
  if (match) binding.select(match)
  binding.focus()
}

/** Replaces the current match; the one after it becomes current. */
export function replaceCurrent(binding: Binding, text: string): void {
  const { search } = binding.desk
  const { current } = search
  if (!current) return
  const { count } = search.snapshot()
  replace(binding, [current], text)
  search.renew(binding.paragraphs)
  // What was written has in it what was looked for: it is not found again and again.
  if (search.snapshot().count >= count) search.step(1)
  showCurrent(binding)
}

/** Replaces every match, as one undo step. Returns how many. */
export function replaceAll(binding: Binding, text: string): number {
  const { matches } = binding.desk.search
  replace(binding, matches, text)
  return matches.length
}

/** From the last to the first: what stands before a replacement keeps its offsets, and its look. */
function replace(binding: Binding, matches: readonly Match[], text: string): void {
  const { lines, look } = binding
  const replacements = matches.map(({ line, from, to }) =>
    look.dressed(lines, { from: { line, offset: from }, to: { line, offset: to }, text }),
  )
  binding.write((pen) => {
    for (const { from, to, looks } of replacements.toReversed()) {
      const paragraph = binding.lines[from.line]!
      const [start, end] = [placeAt(paragraph, from.offset), placeAt(paragraph, to.offset)]
      if (text === '') pen.erase(start, end)
      else pen.replace(start, end, text, looks)
    }
    return null
  })
}
