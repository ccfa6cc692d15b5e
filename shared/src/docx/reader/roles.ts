/** What a paragraph is in an ITU document: told by its style's name, and where that says nothing by its text. */
import { latinWords } from '../../resolution/latin.ts'
import type { Kind } from '../../resolution/provision.ts'

/** What a paragraph is: a kind of provision, or a part of the document around the resolution. */
export type Role = Kind | 'proposal' | 'reasons' | 'cover' | 'other'

export interface Line {
  /** The name of its style. */
  readonly style: string
  readonly text: string
}

/** A line read: `text` without the label and its tab. */
export interface RoleOfLine {
  readonly role: Role
  readonly level: number
  readonly label: string | null
  readonly text: string
}

/** By names in lower case without spaces and underscores: ids and spellings vary with the template. */
const roles: Readonly<Record<string, Role>> = {
  resno: 'number',
  recno: 'number',
  decno: 'number',
  restitle: 'title',
  restitel: 'title',
  rectitle: 'title',
  dectitle: 'title',
  normalaftertitle: 'adopting',
  normalaftertitle0: 'adopting',
  call: 'call',
  annexno: 'annexNumber',
  appendixno: 'annexNumber',
  annextitle: 'annexTitle',
  appendixtitle: 'annexTitle',
  footnotetext: 'footnote',
  proposal: 'proposal',
  reasons: 'reasons',
  source: 'cover',
  title1: 'cover',
  title2: 'cover',
  title3: 'cover',
  title4: 'cover',
  agendaitem: 'cover',
  committee: 'cover',
  header: 'other',
  footer: 'other',
  dash: 'other',
  resref: 'other',
  resdate: 'other',
}

/** In these a label and a tab may stand before the text. */
const listLevels: Readonly<Record<string, number>> = { enumlev1: 2, enumlev2: 3, enumlev3: 4 }

/** What stands before a tab is a label if it is short and has a sign of counting. */
const labelled = new RegExp(
  `^(?=[^\\t]*[\\d).*–—•])(\\S{0,11}[^\\s:](?: ${latinWords}\\)?)*|-)\\t(.*)$`,
  's',
)

const noteLabelled = /^(\S{1,12})\t(.*)$/s

/** Reads the lines of one reading of a document, in order. */
export function rolesOf(lines: readonly Line[]): RoleOfLine[] {
  const styled = lines.map(roleByStyle)
  const isStyled = styled.some(({ role }) => role === 'call' || role === 'number')
  return isStyled ? styled : rolesByText(lines)
}

/** What a style's name says of a line. */
export function roleByStyle({ style, text }: Line): RoleOfLine {
  const name = style.toLowerCase().replace(/[\s_-]/g, '')
  const role = roles[name]
  if (role === 'footnote') return withLabel(role, 1, noteLabelled.exec(text), text)
  if (role !== undefined) return { role, level: 1, label: null, text }
  return withLabel('text', listLevels[name] ?? 1, labelled.exec(text), text)
}

function withLabel(
  role: 'text' | 'footnote',
  level: number,
  match: RegExpExecArray | null,
  text: string,
): RoleOfLine {
  if (!match) return { role, level, label: null, text }
  return { role: role === 'text' ? 'item' : role, level, label: match[1]!, text: match[2]! }
}

const proposalLine = /^(?:\(MOD\)|(?:ADD|MOD|SUP|NOC)\*?)(?:\s+\S+\/\S*\d\S*)?$/

const numberLine =
  /^(?:draft (?:new |revision of )?)?(?:resolution|recommendation|decision|résolution|resolución|резолюция) .{1,80}$/i

const adoptingLine = /^(?:The|La|El) .{10,200}\), ?$/

const callLine =
  /^(?:(?:further|also) )?(?:\p{Ll}+ing|aware|mindful|resolves|decides|instructs|invites|requests|urges|encourages|recommends|calls|appeals|directs|agrees|declares)(?: [^.;:]{0,120})?$/u

const plainLabelled = new RegExp(
  `^(-?(?:(?:[a-z]{1,2}|[ivx]{1,5}) ?(?:${latinWords}\\)|\\)${latinWords}?)|\\d{1,3}(?:\\.\\d{1,3}){0,3}(?: ?${latinWords})?|[–—•]))` +
    '(?: {0,3}\\t| {1,4}|\\u00a0+)(\\S.*)$',
  's',
)

/**
 * Reads lines without styles that come from the midst of a text, as from a clipboard: calls and
 * labelled items are told apart without a number line before them.
 */
export const rolesOfPassage = (lines: readonly string[]): RoleOfLine[] =>
  rolesByText(
    lines.map((text) => ({ style: '', text })),
    'text',
  )

/** A text without ITU's styles. A list within a list is told by its other labels. */
function rolesByText(lines: readonly Line[], preceding: Role | null = null): RoleOfLine[] {
  let before: Role | null = preceding
  let outer: string | null = null
  return lines.map((line): RoleOfLine => {
    const text = line.text.trim()
    const of = (role: Role): RoleOfLine => {
      before = role
      outer = null
      return { role, level: 1, label: null, text }
    }
    if (text === '') return { role: 'text', level: 1, label: null, text }
    if (proposalLine.test(text)) return of('proposal')
    if (/^reasons:/i.test(text)) return of('reasons')
    if (numberLine.test(text)) return of('number')
    if (before === 'number') return of('title')
    if (before === 'title' && adoptingLine.test(text)) return of('adopting')
    if (before !== null && callLine.test(text)) return of('call')
    const match = plainLabelled.exec(text)
    if (!match) return { role: 'text', level: 1, label: null, text }
    const sort = /^-?\d/.test(match[1]!) ? 'number' : /^-?[a-z]/.test(match[1]!) ? 'letter' : 'dash'
    outer ??= sort
    const isFirstRoman = sort === 'letter' && outer === 'letter' && match[1] === 'i)'
    const level = sort === outer && !isFirstRoman ? 1 : 2
    return { role: 'item', level, label: match[1]!, text: match[2]! }
  })
}
