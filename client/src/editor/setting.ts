/** Kind, level and formats: the keys and tools that set them, and what is set where the caret is. */
import { deepened, lettersBetween } from '@revmark/shared/ledger'
import type { Wish } from '@revmark/shared/ledger'
import type { Format, Kind } from '@revmark/shared/resolution'
import { formats } from '@revmark/shared/resolution'
import type { Binding } from './binding.ts'
import { attrsOf } from './schema.ts'

/** What the selection stands in: of several paragraphs the first. */
export interface Stance {
  readonly kind: Kind
  readonly level: number
  /** The formats that all selected letters have; of a caret those of what is typed next. */
  readonly formats: readonly Format[]
}

export function stanceOf({ view, canWrite, look }: Binding): Stance | null {
  const { doc, selection } = view.state
  const { $from, from, to } = selection
  if (!canWrite || $from.depth < 2) return null
  const { kind, level } = attrsOf($from.parent)
  if (from === to) return { kind, level, formats: look.formats }
  let shared: readonly Format[] = formats
  doc.nodesBetween(from, to, (node) => {
    if (node.isText && shared.length > 0) {
      shared = shared.filter((format) => node.marks.some(({ type }) => type.name === format))
    }
    return shared.length > 0
  })
  return { kind, level, formats: shared }
}

/** Sets the selected paragraphs a level deeper, or less deep. */
export function indent(binding: Binding, by: 1 | -1): void {
  const chosen = chosenIn(binding)
  const wishes = chosen.flatMap((paragraph): Wish[] => {
    const level = deepened(paragraph, by)
    return level === null ? [] : [{ key: paragraph.key, level }]
  })
  if (wishes.length === 0) binding.desk.say('Only items and plain paragraphs have levels.')
  else set(binding, wishes)
}

/** Makes the selected paragraphs another kind. */
export function make(binding: Binding, kind: Kind): void {
  const chosen = chosenIn(binding)
  if (chosen[0]?.kind === 'number') binding.desk.say('The number line stays what it is.')
  set(
    binding,
    chosen.map(({ key }) => ({ key, kind })),
  )
}

const chosenIn = ({ span, paragraphs }: Binding) =>
  span ? paragraphs.slice(span.from.line, span.to.line + 1) : []

function set(binding: Binding, wishes: readonly Wish[]): void {
  binding.write((pen) => {
    pen.shape(wishes)
    return null
  })
}

/** Gives the selected letters a format, or takes it; at a caret, those that are typed next. */
export function format(binding: Binding, name: Format): void {
  if (binding.look.turn(name)) {
    binding.redraw()
    return
  }
  binding.write((pen) => {
    const { span, paragraphs, reading } = binding
    if (!span) return null
    const from = { paragraph: span.from.line, offset: span.from.offset }
    const to = { paragraph: span.to.line, offset: span.to.offset }
    const letters = lettersBetween({ view: reading, paragraphs }, from, to)
    if (letters.length === 0) {
      binding.desk.say('Select the letters first.')
      return null
    }
    if (pen.format(letters, name).others > 0) {
      binding.desk.say(
        'Some letters stay as they are: another delegation proposes their look, or it is decided.',
      )
    }
    return null
  })
}
