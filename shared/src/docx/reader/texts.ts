/** The resolutions in a Word file, in one reading: what is proposed, the text, the reasons. */
import { kinds } from '../../resolution/provision.ts'
import type { Format, FormatSpan, Kind, Provision } from '../../resolution/provision.ts'
import type { Docx } from './read-docx.ts'
import { lettersIn, paragraphsIn, textIn } from './reading.ts'
import type { ReadParagraph } from './reading.ts'
import { rolesOf } from './roles.ts'
import type { RoleOfLine } from './roles.ts'
import { stands } from './story.ts'
import type { Letters, Reading, StoryParagraph } from './story.ts'

/** A paragraph with what it is, and which of the document's it is, from 1: several where they join. */
export interface PlacedRole extends RoleOfLine {
  readonly number: number
  readonly numbers: readonly number[]
  /** How many letters stand before its text: the label and what parts it from the text. */
  readonly labelLength: number
  readonly formats: readonly FormatSpan[]
}

/** One proposal, or the document as a whole where it makes none. */
export interface ReadText {
  /** `MOD TAB B/24/1` as it is written, tabs as spaces; null where no proposal is named. */
  readonly proposal: string | null
  /** Without a number line where it has none. */
  readonly paragraphs: readonly (PlacedRole & { readonly role: Kind })[]
  /** The reasons without their label; empty where none are given. */
  readonly reasons: string
}

export interface ReadTexts {
  /** What stands before the first text, a paragraph each, cells of tables included. */
  readonly cover: readonly string[]
  readonly texts: readonly ReadText[]
}

/** The paragraphs outside tables with what they are. */
export function placedRoles(
  { sheet }: Pick<Docx, 'sheet'>,
  paragraphs: readonly ReadParagraph[],
  reading: Reading,
): PlacedRole[] {
  const letters = paragraphs.map((paragraph) => lettersIn(paragraph, reading))
  const lines = paragraphs.map(({ properties }, i) => ({
    style: sheet.nameOf(properties.style),
    text: letters[i]!.map(({ text }) => text).join(''),
  }))
  return rolesOf(lines).map((role, i) => {
    const labelLength = lines[i]!.text.lastIndexOf(role.text)
    const formats = spansOf(letters[i]!, reading, labelLength)
    const numbers = paragraphs[i]!.pieces.map(({ number }) => number)
    return { ...role, number: numbers[0]!, numbers, labelLength, formats }
  })
}

/** The texts of a reading. Tables are no part of them; footnotes stand at their ends, as paragraphs. */
export function textsIn(docx: Docx, reading: Reading): ReadTexts {
  const all = paragraphsIn(docx.paragraphs, reading)
  const body = all.filter(({ pieces }) => pieces[0]!.cell === 0)
  const segments = segmentsOf(placedRoles(docx, body, reading))
  const start = segments[0]?.[0]?.number ?? Number.POSITIVE_INFINITY
  const cover = all
    .filter(({ pieces }) => pieces[0]!.number < start)
    .map((paragraph) => textIn(paragraph, reading).trim())
    .filter((line) => line !== '')
  return { cover, texts: segments.map((segment) => textOf(segment, docx, reading)) }
}

/**
 * Cuts a document into its texts. One begins with a proposal or a number line and ends after its
 * reasons; a document with neither is one text.
 */
export function segmentsOf(roles: readonly PlacedRole[]): PlacedRole[][] {
  const segments: PlacedRole[][] = []
  let open: PlacedRole[] | null = null
  for (const [i, each] of roles.entries()) {
    const before = roles[i - 1]?.role
    const begins =
      each.role === 'proposal' || (each.role === 'number' && each.text !== '' && !isBegun(open))
    if (begins || (i === 0 && each.role === 'number')) segments.push((open = []))
    // An empty number line elsewhere is where ITU's files end a section.
    if (each.role === 'number' && each.text === '' && i > 0 && before !== 'proposal') continue
    open?.push(each)
    if (each.role === 'reasons') open = null
  }
  return segments.length > 0 || roles.length === 0 ? segments : [[...roles]]
}

/** Whether a text has its proposal only, so that a number line goes on with it. */
const isBegun = (open: readonly PlacedRole[] | null): boolean =>
  open !== null && open.every(({ role }) => role === 'proposal')

/** Whether it is a provision of a text, not its proposal, reasons or cover. */
export const isProvision = (each: PlacedRole): each is PlacedRole & { readonly role: Kind } =>
  kinds.some((kind) => kind === each.role)

function textOf(segment: readonly PlacedRole[], docx: Docx, reading: Reading): ReadText {
  const proposal = segment.find(({ role }) => role === 'proposal')
  const reasons = segment.filter(({ role }) => role === 'reasons')
  const paragraphs = segment.filter(isProvision)
  const within = paragraphs.flatMap(({ numbers }) => numbers.map((n) => docx.paragraphs[n - 1]!))
  return {
    proposal: proposal?.text.replaceAll('\t', ' ') ?? null,
    paragraphs: [...paragraphs, ...notesOf(docx, within, reading)],
    reasons: reasons.map(({ text }) => text.replace(/^\p{L}+:\s*/u, '')).join('\n'),
  }
}

/** The footnotes' paragraphs: the first of each has the mark for its label, which may be typed too. */
function notesOf(
  docx: Docx,
  within: readonly StoryParagraph[],
  reading: Reading,
): (PlacedRole & { readonly role: Kind })[] {
  const marks = new Map<string, { readonly mark: string; readonly number: number }>()
  for (const { letters, number } of within) {
    for (const each of letters) {
      if (each.note === null || !stands(each, reading)) continue
      const mark = (marks.get(each.note)?.mark ?? '') + each.text
      marks.set(each.note, { mark, number })
    }
  }
  return [...marks].flatMap(([id, { mark, number }]) =>
    paragraphsIn(docx.footnotes.get(id) ?? [], reading).map((paragraph, i) => {
      const whole = textIn(paragraph, reading)
      const from = i > 0 ? 0 : markLength(whole, mark)
      return {
        role: 'footnote',
        level: 1,
        label: i === 0 ? mark : null,
        text: whole.slice(from),
        number,
        numbers: [],
        labelLength: from,
        formats: spansOf(lettersIn(paragraph, reading), reading, from),
      }
    }),
  )
}

/**
 * How many letters of a footnote stand before its words: its mark, where that is typed, and one tab,
 * or all the space that there is.
 */
export function markLength(text: string, mark: string): number {
  const typed = text.startsWith(mark) && /^(?:\s|$)/.test(text.slice(mark.length)) ? mark.length : 0
  return typed + /^(?:\t|\s*)/.exec(text.slice(typed))![0].length
}

/** A read text's paragraphs as provisions, the form in which texts are compared and fingerprinted. */
export const provisionsOfText = ({ paragraphs }: ReadText): Provision[] =>
  paragraphs.map(({ role, level, label, text, formats }) => ({
    kind: role,
    level,
    label,
    text,
    formats,
  }))

/** The formats of letters as spans of the text from an offset on. */
function spansOf(letters: readonly Letters[], reading: Reading, from: number): FormatSpan[] {
  const spans: FormatSpan[] = []
  const last = new Map<Format, number>()
  let at = -from
  for (const { text, formats, former } of letters) {
    const to = at + text.length
    for (const format of reading === 'rejected' && former ? former.formats : formats) {
      if (to <= 0 || text === '') continue
      const index = last.get(format)
      const open = index === undefined ? undefined : spans[index]
      if (open?.to === at) spans[index!] = { ...open, to }
      else last.set(format, spans.push({ from: Math.max(at, 0), to, format }) - 1)
    }
    at = to
  }
  return spans
}
