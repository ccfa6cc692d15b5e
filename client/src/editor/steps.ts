/** The allow-list: which ProseMirror steps are known, read as replacements of what is seen. */
import { heldLetters } from '@revmark/shared/gate'
import type { Node } from 'prosemirror-model'
import type { Transaction } from 'prosemirror-state'
import { ReplaceStep } from 'prosemirror-transform'
import type { Step } from 'prosemirror-transform'
import { spotAt } from './lines.ts'
import type { Replacement } from './writing.ts'

const clusters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/**
 * A transaction's steps in order, each in the coordinates of the document before it. null where one
 * of them is not a replacement of letters within or across blocks: then none may be applied.
 */
export function replacementsOf(tr: Transaction): Replacement[] | null {
  const out: Replacement[] = []
  for (let i = 0; i < tr.steps.length; i++) {
    const replacement = replacementOf(tr.steps[i]!, tr.docs[i]!, tr.steps.length === 1)
    if (!replacement) return null
    out.push(replacement)
  }
  return out
}

/** `alone`: nothing follows, so whole blocks may go without counting them again. */
function replacementOf(step: Step, doc: Node, alone: boolean): Replacement | null {
  if (!(step instanceof ReplaceStep)) return null
  const { slice } = step
  const text = slice.content.textBetween(0, slice.content.size, '\n')
  const range = text === '' && alone ? inward(doc, step.from, step.to) : step
  const from = spotAt(doc, range.from)
  const to = spotAt(doc, range.to)
  if (!from || !to || text.includes('\uFFFC')) return null
  if (text.split('\n').some((line) => heldLetters(line) !== line)) return null
  return trimmed(doc, range.from, { from, to, text })
}

/** A deletion of whole blocks, as the letters in them. */
function inward(doc: Node, from: number, to: number): { from: number; to: number } {
  let start = from
  let end = to
  while (start < end && doc.resolve(start).depth < 2) start++
  while (start < end && doc.resolve(end).depth < 2) end--
  return { from: start, to: end }
}

/** Reads text put in place of a range that `keydown` and `input` handlers know by positions. */
export function replacementAt(
  doc: Node,
  from: number,
  to: number,
  text: string,
): Replacement | null {
  const start = spotAt(doc, from)
  const end = spotAt(doc, to)
  if (!start || !end || heldLetters(text) !== text) return null
  return trimmed(doc, from, { from: start, to: end, text })
}

/**
 * Without the letters that stay: a replacement within one block, widened to whole grapheme clusters
 * (an edit never parts a letter from its marks), then cut where old and new begin and end alike, so
 * that letters that stay keep their ids.
 */
function trimmed(doc: Node, pos: number, replacement: Replacement): Replacement {
  const { from, to, text } = replacement
  if (from.line !== to.line || from.offset === to.offset || text.includes('\n')) return replacement
  const block = doc.resolve(pos).parent.textContent
  const segments = clusters.segment(block)
  const start = segments.containing(from.offset)?.index ?? from.offset
  const last = segments.containing(to.offset - 1)
  const end = last ? last.index + last.segment.length : to.offset
  const before = pieces(block.slice(start, end))
  const after = pieces(block.slice(start, from.offset) + text + block.slice(to.offset, end))
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head]) head++
  let tail = 0
  const most = Math.min(before.length, after.length) - head
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  const kept = (parts: string[]): number => parts.join('').length
  return {
    from: { line: from.line, offset: start + kept(before.slice(0, head)) },
    to: { line: to.line, offset: end - kept(before.slice(before.length - tail)) },
    text: after.slice(head, after.length - tail).join(''),
  }
}

const pieces = (text: string): string[] => [...clusters.segment(text)].map(({ segment }) => segment)
