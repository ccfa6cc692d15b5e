/**
 * From Word's paragraph marks, which end paragraphs, to markers, which begin them in the ledger: the
 * inverse of `paragraphMarks` and `countedProperties`. Both readings are read, and what a block is in
 * them is told by counting, never by the properties of a mark that is inserted or deleted.
 */
import { kept, sameRevision } from '../../text/story.ts'
import type { Block, Revision, Run, Shape } from '../../text/story.ts'
import { isKept, sameStatus } from '../../text/paragraph-marks.ts'
import { kinds } from '../../resolution/provision.ts'
import type { Docx } from './read-docx.ts'
import { paragraphsIn } from './reading.ts'
import { roleByStyle } from './roles.ts'
import { stands, untouched } from './story.ts'
import type { Letters, Reading, Signed, StoryParagraph, Trace } from './story.ts'
import { isProvision, markLength, placedRoles, segmentsOf } from './texts.ts'
import type { PlacedRole } from './texts.ts'

/** A block, and the labels that the file says it has. */
export interface ReadBlock extends Block {
  /** The paragraph of the document in which it begins, from 1. */
  readonly number: number
  readonly labels: { readonly base: string | null; readonly clean: string | null }
}

/** A reading's paragraphs, and those of them that are provisions of the text in question. */
interface Roles {
  readonly roles: readonly PlacedRole[]
  readonly within: ReadonlySet<PlacedRole>
}

/** The delegation of who signed a revision. */
export type CodeOf = (by: Signed) => string

/**
 * The blocks of one of the document's texts, by its number from 0; none where there is no such text.
 * Reading what is not inserted gives the text of the rejected reading, what is not deleted that of
 * the accepted one; footnotes stand at the end.
 */
export function blocksInText(docx: Docx, index: number, codeOf: CodeOf): ReadBlock[] {
  const body = docx.paragraphs.filter(({ cell }) => cell === 0)
  const rolesFor = (reading: Reading): Roles => {
    const roles = placedRoles(docx, paragraphsIn(body, reading, true), reading)
    return { roles, within: new Set(segmentsOf(roles)[index]?.filter(isProvision)) }
  }
  const base = rolesFor('rejected')
  const clean = rolesFor('accepted')
  const markers = likeliestMarkers(body, base, clean)
  let [i, j] = [0, 0]
  const blocks: ReadBlock[] = []
  let isWithin = false
  for (const [k, { letters, number, properties }] of body.entries()) {
    const marker = markers[k]!
    const before = stands(marker, 'rejected') ? base.roles[i++]! : null
    const after = stands(marker, 'accepted') ? clean.roles[j++]! : null
    const roles = [before && base.within.has(before), after && clean.within.has(after)]
    if (before || after) isWithin = roles.includes(true)
    if (!isWithin) continue
    const baseShape = before && shapeOf(before)
    const cleanShape = after && shapeOf(after)
    const by = before && after && reshaperOf(docx, before, after)
    blocks.push({
      number,
      revision: revisionOf(marker, codeOf),
      shape: cleanShape ?? baseShape ?? ownShape(docx, properties.style),
      base: baseShape,
      clean: cleanShape,
      ...(by && { shapedBy: codeOf(by) }),
      labels: { base: before?.label ?? null, clean: after?.label ?? null },
      runs: runsOf(letters, before?.labelLength ?? 0, after?.labelLength ?? 0, codeOf),
    })
  }
  return [...blocks, ...noteBlocks(docx, new Set(blocks.map(({ number }) => number)), codeOf)]
}

/**
 * Who made a paragraph another kind or level: whoever its label's look or its properties name, else
 * whoever changed the first of its letters, as a label, or joined others to it. null: it is what it
 * was, or nobody is named.
 */
function reshaperOf({ paragraphs }: Docx, before: PlacedRole, after: PlacedRole): Signed | null {
  const [from, to] = [shapeOf(before), shapeOf(after)]
  if (from.kind === to.kind && from.level === to.level) return null
  const pieces = [after, before].map(({ numbers }) => numbers.map((n) => paragraphs[n - 1]!))
  const former =
    formerOfLabel(pieces[0]!, after) ??
    pieces.map((own) => own.at(-1)!.former).find((one) => one !== null)
  if (former) return former.by
  const traces = pieces.flat().flatMap(({ letters, mark }) => [...letters, mark])
  return traces.map(({ inserted, deleted }) => inserted ?? deleted).find((by) => by) ?? null
}

/** What the letters of a label that stay looked like; null where they are as they were. */
function formerOfLabel(pieces: readonly StoryParagraph[], { label }: PlacedRole) {
  let left = label?.length ?? 0
  for (const each of pieces.flatMap(({ letters }) => letters)) {
    if (left <= 0) return null
    if (isKept(each) && each.former) return each.former
    if (stands(each, 'accepted')) left -= each.text.length
  }
  return null
}

/** The footnotes of some paragraphs, each with the revision of its mark. */
function noteBlocks(docx: Docx, within: ReadonlySet<number>, codeOf: CodeOf): ReadBlock[] {
  const marks = new Map<string, { readonly number: number; readonly letters: Letters[] }>()
  for (const { number, letters } of docx.paragraphs) {
    if (!within.has(number)) continue
    for (const each of letters) {
      if (each.note === null) continue
      const known = marks.get(each.note)
      if (known) known.letters.push(each)
      else marks.set(each.note, { number, letters: [each] })
    }
  }
  return [...marks].flatMap(([id, { number, letters }]) => {
    const [base, clean] = (['rejected', 'accepted'] as const).map((reading) => {
      const there = letters.filter((each) => stands(each, reading))
      return there.length === 0 ? null : textOf(there)
    })
    const trace: Trace = {
      inserted: base === null ? letters[0]!.inserted : null,
      deleted: clean === null ? letters[0]!.deleted : null,
    }
    const shape = { kind: 'footnote' as const, level: 1 }
    return (docx.footnotes.get(id) ?? []).map((paragraph, i): ReadBlock => {
      const own = paragraph.letters.map((each) => ({
        ...each,
        inserted: each.inserted ?? trace.inserted,
        deleted: each.deleted ?? trace.deleted,
      }))
      const lengthIn = (reading: Reading, mark: string | null | undefined) => {
        const there = own.filter((each) => stands(each, reading))
        return i > 0 ? 0 : markLength(textOf(there), mark ?? '')
      }
      const isPassing = trace.inserted !== null && trace.deleted !== null
      const before = isPassing && i === 0 ? markLength(textOf(own), textOf(letters)) : 0
      return {
        number,
        revision: revisionOf(trace, codeOf),
        shape,
        base: trace.inserted === null ? shape : null,
        clean: trace.deleted === null ? shape : null,
        labels: i > 0 ? { base: null, clean: null } : { base: base ?? null, clean: clean ?? null },
        note: id,
        runs: runsOf(
          lettersFrom(own, before),
          lengthIn('rejected', base),
          lengthIn('accepted', clean),
          codeOf,
        ),
      }
    })
  })
}

/** Letters without the first so many. */
function lettersFrom(letters: readonly Letters[], count: number): Letters[] {
  let left = count
  return letters.map((each) => {
    const cut = Math.min(left, each.text.length)
    left -= cut
    return { ...each, text: each.text.slice(cut) }
  })
}

const textOf = (letters: readonly Letters[]): string => letters.map(({ text }) => text).join('')

/**
 * The marker of each paragraph: what begins it is what ends the one before. Where a paragraph and
 * its mark are inserted, or deleted, as a whole and the mark before stays, the marker has the mark's
 * revision, as Word writes whole paragraphs; but not where it is one of the `parts`.
 */
function markersOf(paragraphs: readonly StoryParagraph[], parts: ReadonlySet<number>) {
  const marks = paragraphs.map(({ mark, endsBeforeTable }) => (endsBeforeTable ? untouched : mark))
  const whole = new Set<number>()
  const markers = paragraphs.map(({ letters }, k): Trace => {
    const mark = marks[k]!
    const marker = marks[k - 1] ?? untouched
    if (k === 0 || parts.has(k) || !isKept(marker) || isKept(mark)) return marker
    if (!letters.every((each) => each.text === '' || sameStatus(each, mark))) return marker
    whole.add(k)
    marks[k] = untouched
    return mark
  })
  return { markers, whole }
}

/** How far before a paragraph that changes its kind, and how often, another way to read is tried. */
const reach = 8
const mostTries = 200

/**
 * The markers by which the fewest paragraphs are odd. `a`, deleted with its mark, before `b` can be a
 * paragraph that goes, or one whose words go while those of `b` are joined to it. Both read the same,
 * but in the second case `b`'s mark has taken over the kind of `a`, and its label the place of `a`'s.
 */
function likeliestMarkers(paragraphs: readonly StoryParagraph[], base: Roles, clean: Roles) {
  const parts = new Set<number>()
  const tried = new Set<number>()
  let best = markersOf(paragraphs, parts)
  let odd = oddOnes(paragraphs, best.markers, base, clean)
  for (let tries = 0; tries < mostTries; tries++) {
    const candidate = odd
      .flatMap((at) => Array.from({ length: reach }, (_, i) => at - i))
      .find((k) => best.whole.has(k) && !tried.has(k))
    if (candidate === undefined) break
    tried.add(candidate)
    parts.add(candidate)
    const other = markersOf(paragraphs, parts)
    const less = oddOnes(paragraphs, other.markers, base, clean)
    if (less.length < odd.length) [best, odd] = [other, less]
    else parts.delete(candidate)
  }
  return best.markers
}

/**
 * The paragraphs that stand in both readings as different kinds, though nobody signs that for a change
 * of theirs, or the other way round; and those whose label stands in another or,
 * where they are inserted or deleted, is signed by somebody else.
 */
function oddOnes(
  paragraphs: readonly StoryParagraph[],
  markers: readonly Trace[],
  { roles: base }: Roles,
  { roles: clean }: Roles,
) {
  let [i, j] = [0, 0]
  let decider: Signed | null = null
  return [...markers.keys()].filter((k) => {
    const { letters, mark, former } = paragraphs[k]!
    decider = mark.deleted ?? mark.inserted ?? decider
    const before = stands(markers[k]!, 'rejected') ? base[i++]! : null
    const after = stands(markers[k]!, 'accepted') ? clean[j++]! : null
    const isChanged = before !== null && after !== null && kindOf(before) !== kindOf(after)
    // What a paragraph was before others were joined to it or parted from it, whoever did that signs.
    const isSetting = former !== null && former.by.author !== (decider?.author ?? null)
    if (isChanged !== isSetting) return true
    if (lacksLabel(letters, before, 'rejected') || lacksLabel(letters, after, 'accepted'))
      return true
    const only = before && after ? null : (before ?? after)
    if (!only || only.label === null) return false
    const aspect = before ? 'deleted' : 'inserted'
    return letters[0]![aspect] !== markers[k]![aspect]
  })
}

const lacksLabel = (
  letters: readonly Letters[],
  role: PlacedRole | null,
  reading: Reading,
): boolean =>
  role !== null &&
  role.label !== null &&
  textOf(letters.filter((each) => stands(each, reading))).length < role.label.length

/** An item without a label looks like a text. */
const kindOf = ({ role, level }: PlacedRole): string =>
  `${role === 'item' ? 'text' : role} ${level}`

/** What a paragraph that is in neither reading would be. */
function ownShape({ sheet }: Docx, style: string | null): Shape {
  const { role, level } = roleByStyle({ style: sheet.nameOf(style), text: '' })
  const kind = kinds.find((each) => each === role)
  return { kind: kind ?? 'text', level }
}

/** What is no provision and yet within a text is a paragraph of it. */
const shapeOf = (role: PlacedRole): Shape =>
  isProvision(role) ? { kind: role.role, level: role.level } : { kind: 'text', level: 1 }

const revisionOf = ({ inserted, deleted }: Trace, codeOf: CodeOf): Revision => {
  const revision = { inserted: inserted && codeOf(inserted), deleted: deleted && codeOf(deleted) }
  return isKept(revision) ? kept : revision
}

/** Letters as runs; the first so many of each reading are the label's. */
function runsOf(
  letters: readonly Letters[],
  baseLabel: number,
  cleanLabel: number,
  codeOf: CodeOf,
): Run[] {
  const runs: Run[] = []
  let base = baseLabel
  let clean = cleanLabel
  for (const each of letters) {
    const revision = revisionOf(each, codeOf)
    const left = Math.max(
      stands(each, 'rejected') ? base : 0,
      stands(each, 'accepted') ? clean : 0,
      each.inserted !== null && each.deleted !== null ? Math.max(base, clean) : 0,
    )
    const cut = Math.min(left, each.text.length)
    const { formats } = each
    add(runs, { part: 'label', text: each.text.slice(0, cut), revision, formats })
    const former = each.inserted === null && each.former
    const reference = each.note === null ? null : { note: each.note, revision }
    add(runs, {
      part: 'text',
      text: each.text.slice(cut),
      revision,
      formats,
      ...(former && { former: { formats: former.formats, by: codeOf(former.by) } }),
      ...(reference && { reference }),
    })
    if (stands(each, 'rejected')) base = Math.max(base - each.text.length, 0)
    if (stands(each, 'accepted')) clean = Math.max(clean - each.text.length, 0)
  }
  return runs
}

function add(runs: Run[], run: Run): void {
  if (run.text === '') return
  const last = runs.at(-1)
  const goesOn =
    last?.part === run.part &&
    last.reference?.note === run.reference?.note &&
    sameRevision(last.revision, run.revision) &&
    last.formats.join() === run.formats.join() &&
    last.former?.by === run.former?.by &&
    last.former?.formats.join() === run.former?.formats.join()
  if (goesOn) runs[runs.length - 1] = { ...last, text: last.text + run.text }
  else runs.push(run)
}
