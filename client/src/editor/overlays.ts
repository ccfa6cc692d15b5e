/** What is drawn over the text: the carets of the others, what the panel points at, what meets, what was found. */
import { covers, paragraphsOf } from '@revmark/shared/ledger'
import type { Change } from '@revmark/shared/ledger'
import type { Node } from 'prosemirror-model'
import { Decoration, DecorationSet } from 'prosemirror-view'
import type { Company, Participant } from '../session/index.ts'
import type { ConflictMarks } from './conflict-marks.ts'
import { posAt, spotOf } from './lines.ts'
import type { Line } from './lines.ts'
import type { MoveMarks } from './move-marks.ts'
import type { Palette } from './palette.ts'
import type { Search } from './search.ts'

/** So many matches around the current one are drawn; more would slow typing down. */
const mostDrawn = 500

/** What is pointed at. */
interface Pointers {
  readonly change: Pointed | null
  readonly conflicts: ConflictMarks
  readonly moves: MoveMarks
  readonly search: Search
}

/**
 * Few decorations, made anew from ids: mapped ones would drift where others write. Nothing touches
 * the positions of `closed`, where the browser composes.
 */
export function overlaysOf(
  doc: Node,
  lines: readonly Line[],
  company: Company,
  palette: Palette,
  { change, conflicts, moves, search }: Pointers,
  closed: { from: number; to: number } | null,
): DecorationSet {
  const decorations = company.participants.flatMap((participant) =>
    caretOf(doc, lines, participant, palette),
  )
  if (change) decorations.push(...pointerTo(doc, lines, change))
  decorations.push(...conflicts.drawnIn(doc, lines))
  decorations.push(...moves.drawnIn(doc, lines))
  decorations.push(...foundIn(doc, search))
  const open = decorations.filter(({ from, to }) => !closed || to < closed.from || closed.to < from)
  return DecorationSet.create(doc, open)
}

function caretOf(
  doc: Node,
  lines: readonly Line[],
  participant: Participant,
  palette: Palette,
): Decoration[] {
  const { caret, client, delegation, name } = participant
  const anchor = caret && spotOf(lines, caret.anchor)
  const head = caret && spotOf(lines, caret.head)
  if (!anchor || !head) return []
  const from = posAt(doc, anchor)
  const to = posAt(doc, head)
  const look = palette.lookOf(delegation)
  const widget = Decoration.widget(to, () => caretElement(name, look), {
    // Another element at another place, so that the name is shown again.
    key: `caret ${client} ${to}`,
    side: 10,
    ignoreSelection: true,
  })
  if (from === to) return [widget]
  const attributes = { class: 'other-selection', ...look }
  return [widget, Decoration.inline(Math.min(from, to), Math.max(from, to), attributes)]
}

function caretElement(name: string, look: Readonly<Record<string, string>>): HTMLElement {
  const caret = document.createElement('span')
  caret.className = 'other-caret'
  caret.contentEditable = 'false'
  for (const [attribute, value] of Object.entries(look)) caret.setAttribute(attribute, value)
  caret.dataset['name'] = name
  caret.setAttribute('aria-hidden', 'true')
  return caret
}

/** What can be pointed at: letters of a paragraph, mostly a change's. */
export type Pointed = Pick<Change, 'paragraph' | 'moves' | 'ins' | 'del'>

/** Where a change is seen in a document, as positions; empty where the view does not show it. */
export function rangesIn(
  doc: Node,
  lines: readonly Line[],
  change: Pointed,
): { from: number; to: number }[] {
  const keys = paragraphsOf(change)
  return lines.flatMap((line, index) =>
    keys.has(line.key) ? rangesAt(doc, line, index, change) : [],
  )
}

function rangesAt(
  doc: Node,
  { pieces }: Line,
  line: number,
  { ins, del }: Pointed,
): { from: number; to: number }[] {
  const start = posAt(doc, { line, offset: 0 })
  const ranges: { from: number; to: number }[] = []
  let offset = 0
  for (const { client, clock, length, shown } of pieces) {
    if (!shown) continue
    // A piece has one state, but a change may end within it, where the same words go on as another's.
    for (let i = 0; i < length; i++) {
      if (!covers(ins, client, clock + i) && !covers(del, client, clock + i)) continue
      const at = start + offset + i
      const last = ranges.at(-1)
      if (last?.to === at) last.to = at + 1
      else ranges.push({ from: at, to: at + 1 })
    }
    offset += length
  }
  return ranges
}

function foundIn(doc: Node, { matches, current }: Search): Decoration[] {
  const at = current ? matches.indexOf(current) : 0
  const first = Math.max(0, at - mostDrawn / 2)
  return matches.slice(first, first + mostDrawn).map((match) => {
    const [from, to] = [match.from, match.to].map((offset) =>
      posAt(doc, { line: match.line, offset }),
    )
    return Decoration.inline(from!, to!, { class: match === current ? 'found current' : 'found' })
  })
}

function pointerTo(doc: Node, lines: readonly Line[], change: Pointed): Decoration[] {
  return rangesIn(doc, lines, change).map(({ from, to }) =>
    Decoration.inline(from, to, { class: 'pointed' }),
  )
}
