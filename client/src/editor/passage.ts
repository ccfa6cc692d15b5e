/** What a paste or a drop brings: paragraphs, told by their labels, their calls and their lists. */
import { heldLetters } from '@revmark/shared/gate'
import { rolesOfPassage } from '@revmark/shared/docx'
import type { FormatSpan, Kind } from '@revmark/shared/resolution'
import type { Shape } from '@revmark/shared/text'

/** Words with their look. */
export interface Words {
  readonly text: string
  readonly formats: readonly FormatSpan[]
}

/** A footnote that comes in, referred to after the first `at` letters of its paragraph. */
export interface IncomingNote extends Words {
  readonly at: number
}

/** A paragraph that comes in; `shape` where it says what it is, null where it is as its place says. */
export interface Incoming extends Words {
  readonly notes: readonly IncomingNote[]
  readonly shape: Shape | null
}

/** `isWhole`: the first paragraph comes from its beginning. */
export interface Passage {
  readonly paragraphs: readonly Incoming[]
  readonly isWhole: boolean
}

/** A paragraph as it was read; `list` is how deep in lists it stands, and whether it begins an item. */
export interface ReadBlock extends Incoming {
  readonly list: { readonly level: number; readonly isItem: boolean } | null
}

/** Reads plain text. */
export const passageOf = (plain: string): Passage =>
  passageIn(
    plain
      .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
      .split('\n')
      .map((line) => ({
        text: heldLetters(line),
        formats: [],
        notes: [],
        shape: null,
        list: null,
      })),
  )

/**
 * Tells paragraphs by their lists, their labels and the words with which calls begin, and takes the
 * labels off. Without any of these, and as a single line, they are words and nothing else.
 */
export function passageIn(blocks: readonly ReadBlock[]): Passage {
  const roles = rolesOfPassage(blocks.map(({ text }) => text))
  const isTold = ({ role }: { readonly role: string }) => role === 'item' || role === 'call'
  const isLabelled = roles.some(isTold) || blocks.some(({ list }) => list?.isItem)
  if (blocks.length < 2 || !isLabelled) return { paragraphs: held(blocks), isWhole: false }
  const listed = blocks.flatMap(({ list }) => (list ? [list.level] : []))
  const outer = Math.min(...listed) - 1
  const paragraphs = blocks.map((block, i): Incoming => {
    const { role, level, text } = roles[i]!
    const start = block.text.trimEnd().length - text.length
    const words = part(block, start, start + text.length)
    if (block.list) {
      const kind = block.list.isItem ? 'item' : 'text'
      return { ...words, shape: { kind, level: Math.min(block.list.level - outer, deepest) } }
    }
    return { ...words, shape: shapes.includes(role) ? { kind: role as Kind, level } : null }
  })
  return {
    paragraphs: held(paragraphs),
    isWhole: blocks[0]!.list !== null || roles[0]!.role !== 'text',
  }
}

/** What a pasted line may become; a number line and its title are not begun by pasting. */
const shapes: readonly string[] = ['call', 'item', 'text', 'annexNumber', 'annexTitle']

/** Lists of other programs go deeper than the sheet shows. */
const deepest = 4

/** The letters of a paragraph from one offset to another, with their formats and footnotes. */
export function part(
  { text, formats, notes, shape }: Incoming,
  from: number,
  to: number,
): Incoming {
  return {
    text: text.slice(from, to),
    formats: formats.flatMap((span): FormatSpan[] => {
      const start = Math.max(span.from, from)
      const end = Math.min(span.to, to)
      return start < end ? [{ ...span, from: start - from, to: end - from }] : []
    }),
    notes: notes.flatMap((note) =>
      note.at < from ? [] : [{ ...note, at: Math.min(note.at, to) - from }],
    ),
    shape,
  }
}

/** As it can be written: tabs as spaces, empty lines left out. */
export function held(paragraphs: readonly Incoming[]): Incoming[] {
  const all = paragraphs.map(({ text, formats, notes, shape }) => ({
    text: text.replaceAll('\t', ' '),
    formats,
    notes,
    shape,
  }))
  return all.length === 1
    ? all
    : all.filter(({ text, notes }) => text.trim() !== '' || notes.length > 0)
}

/** A passage as one paragraph, for where there is room for one only; its footnotes are left out. */
export function asOneLine({ paragraphs }: Passage): Words {
  let text = ''
  const formats: FormatSpan[] = []
  for (const paragraph of paragraphs) {
    if (text !== '') text += ' '
    const start = text.length
    text += paragraph.text
    for (const { from, to, format } of paragraph.formats)
      formats.push({ from: start + from, to: start + to, format })
  }
  return { text, formats }
}

export const wordsOf = ({ paragraphs }: Passage): string =>
  paragraphs.map(({ text }) => text).join('\n')

export const isEmpty = ({ paragraphs }: Passage): boolean =>
  paragraphs.every(({ text, notes }) => text === '' && notes.length === 0)
