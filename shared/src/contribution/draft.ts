/** A contribution as a draft: its marks as one delegation's entries on the text in force. */
import * as Y from 'yjs'
import { writePassages } from '../compare/passages.ts'
import type { Hand, Passage } from '../compare/passages.ts'
import type { Edit } from '../compare/edits.ts'
import { Ledger } from '../ledger/ledger.ts'
import { writeBase } from '../ledger/base.ts'
import { firstIssuedClient } from '../ledger/id.ts'
import { liftNotes } from '../resolution/notes.ts'
import type { Lifted } from '../resolution/notes.ts'
import type { Provision } from '../resolution/provision.ts'
import { isDeleted, isInserted } from './contribution-body.ts'
import type { MarkedProvision } from './contribution.ts'
import { baseLetters, cleanLetters } from './marked-text.ts'
import type { MarkedText } from './marked-text.ts'

/**
 * Writes a contribution's marks into a Y.Doc that `writeBase` has given the edition that it amends,
 * all under the client id of `hand`. `base` must be that edition's provisions. Labels are not
 * written: every view computes them.
 */
export function writeContribution(
  ydoc: Y.Doc,
  base: readonly Provision[],
  paragraphs: readonly MarkedProvision[],
  hand: Hand,
): void {
  const lifted = liftNotes(base)
  const passages = passagesOf(paragraphs, lifted)
  const isNote = ({ base: { from, to } }: Passage) => from < to && to > lifted.body.length
  writePassages(
    ydoc,
    lifted,
    passages.filter((passage) => !isNote(passage)),
    hand,
    passages
      .filter((passage) => isNote(passage) && passage.edits.length > 0)
      .map(({ base: { from }, edits }) => ({ note: from - lifted.body.length, edits })),
  )
}

function passagesOf(paragraphs: readonly MarkedProvision[], { offsetIn }: Lifted): Passage[] {
  let at = 0
  return paragraphs.map((paragraph): Passage => {
    const from = at
    if (!isInserted(paragraph)) at++
    const target = isDeleted(paragraph) ? [] : [cleanProvision(paragraph)]
    const edits = editsOf(paragraph.text).map((edit) => ({
      ...edit,
      from: offsetIn(from, edit.from),
      to: offsetIn(from, edit.to),
    }))
    return { base: { from, to: at }, target, edits }
  })
}

const cleanProvision = ({ kind, level, label, text }: MarkedProvision): Provision => ({
  kind,
  level,
  label: label && cleanLetters(label),
  text: cleanLetters(text),
  formats: [],
})

/** One edit for each deletion, with the insertion that follows it directly, and each other insertion. */
function editsOf(text: MarkedText): Edit[] {
  const edits: Edit[] = []
  let at = 0
  text.forEach((run, index) => {
    if (run.mark === 'deleted') {
      const next = text[index + 1]
      const insert = next?.mark === 'inserted' ? next.text : ''
      edits.push({ from: at, to: at + run.text.length, insert })
    } else if (run.mark === 'inserted' && text[index - 1]?.mark !== 'deleted') {
      edits.push({ from: at, to: at, insert: run.text })
    }
    at += baseLetters([run]).length
  })
  return edits
}

/**
 * Where the labels that a draft computes for the text as proposed are not those that the marks say:
 * the index of the paragraph, and both labels.
 */
export function labelDifferences(
  base: readonly Provision[],
  paragraphs: readonly MarkedProvision[],
): { readonly index: number; readonly computed: string | null; readonly marked: string | null }[] {
  const ydoc = new Y.Doc({ gc: false })
  const delegation = 'X'
  const hand = { client: firstIssuedClient, delegation, user: delegation }
  writeBase(ydoc, 'base', base)
  writeContribution(ydoc, base, paragraphs, hand)
  const ledger = new Ledger(ydoc, hand)
  const labels = ledger.project('clean').paragraphs.map(({ label }) => label.view)
  ledger.destroy()
  const shown = [...paragraphs.entries()].filter(([, paragraph]) => !isDeleted(paragraph))
  return shown.flatMap(([index, { label }], i) => {
    const said = label && cleanLetters(label)
    const computed = labels[i] ?? null
    return said === computed ? [] : [{ index, computed, marked: said }]
  })
}
