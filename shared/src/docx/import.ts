/** A Word file taken into a draft: its revisions, in the names of those who signed them. */
import type * as Y from 'yjs'
import { settableKinds } from '../ledger/entry.ts'
import { Ledger } from '../ledger/ledger.ts'
import type { Signatures } from '../ledger/signatures.ts'
import type { Provision } from '../resolution/provision.ts'
import { writeBlocks } from './block-writer.ts'
import type { HandOf } from './block-writer.ts'
import { Signers } from './signers.ts'
import { blocksInText } from './reader/blocks.ts'
import type { CodeOf, ReadBlock } from './reader/blocks.ts'
import type { Docx } from './reader/read-docx.ts'
import { isOfWhole, proposalIn } from './reader/proposal.ts'
import type { Proposal } from './reader/proposal.ts'
import { provisionsOfText, textsIn } from './reader/texts.ts'
import type { ReadText } from './reader/texts.ts'
import type { Shape } from '../text/story.ts'
import { markedOnly } from './marked-only.ts'
import { withNewNotes, withTypedNotes } from './new-notes.ts'
import { onBase } from './rebase.ts'
import type { BaseDifference } from './rebase.ts'

export interface DocxImportOptions {
  /** Which of the file's texts, from 0. */
  readonly index: number
  /** The delegation in whose name somebody's revisions are taken. */
  readonly codeOf: CodeOf
  /**
   * The delegation that is taken to have made what differs from the edition without a mark; null:
   * that is left aside, and told all the same.
   */
  readonly unmarkedBy: string | null
  readonly handOf: HandOf
}

export interface ImportedDocx {
  /** By client id, who signed what was written; for `enterSignatures`. */
  readonly signatures: ReadonlyMap<number, Signatures>
  readonly cover: readonly string[]
  readonly proposal: string | null
  /** The proposal, where it is of a text as a whole: then nothing is written. */
  readonly whole: WholeProposal | null
  readonly reasons: string
  readonly differences: readonly BaseDifference[]
  /** Labels that the file types otherwise than the draft counts them. */
  readonly labels: readonly LabelDifference[]
  /** The paragraphs that keep their kind and level, since nobody signs the change or no draft holds it. */
  readonly kinds: readonly number[]
}

export interface LabelDifference {
  /** The paragraph of the file, from 1. */
  readonly paragraph: number
  readonly file: string | null
  readonly draft: string | null
}

/**
 * Writes one text of a Word file into a Y.Doc that `writeBase` has given the edition it amends;
 * `base` must be that edition's provisions. The clean view is then the file's accepted text, with
 * labels as the draft counts them; with what is unmarked left aside it is the edition with the file's
 * marks. Nothing is written of a proposal that is of a text as a whole. null where the file has no
 * such text.
 */
export function importDocx(
  ydoc: Y.Doc,
  base: readonly Provision[],
  docx: Docx,
  { index, codeOf, unmarkedBy, handOf }: DocxImportOptions,
): ImportedDocx | null {
  const { cover, texts } = textsIn(docx, 'accepted')
  const accepted = texts[index]
  const text = accepted ?? textsIn(docx, 'rejected').texts[index]
  if (!text) return null
  const found = { cover, proposal: text.proposal, reasons: text.reasons }
  const whole = accepted ? wholeIn(accepted) : null
  if (whole) {
    return { ...found, whole, signatures: new Map(), differences: [], labels: [], kinds: [] }
  }
  const signers = new Signers(codeOf)
  const read = blocksInText(docx, index, signers.nameOf).filter(
    (block, k, all) => !isSpacing(block, all[k + 1]),
  )
  const { blocks, differences } = onBase(base, withTypedNotes(read), unmarkedBy ?? nobody)
  const taken = unmarkedBy === null ? markedOnly(blocks, nobody) : blocks
  const written = writeBlocks(ydoc, base, withNewNotes(taken), {
    handOf: (signer) => handOf(signers.delegationOf(signer)),
    othersOf: (signer) => signers.othersOf(signer).map(handOf),
  })
  return {
    signatures: new Map([...written].map(([client, by]) => [client, signers.of(by)])),
    ...found,
    whole: null,
    differences,
    labels: labelDifferences(ydoc, read),
    kinds: read.filter(keepsKind).map(({ number }) => number),
  }
}

const lineOf = ({ label, text }: Provision): string => (label === null ? text : `${label}\t${text}`)

/** A proposal of a text as a whole (ADD, SUP, NOC), and the text, a line a paragraph. */
export interface WholeProposal extends Proposal {
  readonly text: readonly string[]
}

/** The proposal of a file's text `index`, from 0; null where it is one that changes an edition's words. */
export function wholeProposal(docx: Docx, index: number): WholeProposal | null {
  const text = textsIn(docx, 'accepted').texts[index]
  return text ? wholeIn(text) : null
}

function wholeIn(text: ReadText): WholeProposal | null {
  const proposal = proposalIn(text.proposal)
  if (!proposal || !isOfWhole(proposal)) return null
  return { ...proposal, text: provisionsOfText(text).map(lineOf) }
}

/** A name that no delegation has. */
const nobody = ' '

/** An empty paragraph that nobody inserted, deleted or joined: people space their texts with them. */
const isSpacing = (block: ReadBlock, next: ReadBlock | undefined): boolean =>
  stays(block) && block.base?.kind === 'text' && block.runs.length === 0 && (!next || stays(next))

const stays = ({ base, clean }: ReadBlock): boolean => base !== null && clean !== null

/** Number lines and footnotes stay what they are. */
const keepsKind = ({ base, clean, shapedBy }: ReadBlock): boolean =>
  base !== null &&
  clean !== null &&
  kindOf(base) !== kindOf(clean) &&
  (shapedBy === undefined || !settableKinds.some((kind) => kind === clean.kind))

/** An item without a label looks like a text. */
const kindOf = ({ kind, level }: Shape): string => `${kind === 'item' ? 'text' : kind} ${level}`

/** Compared paragraph by paragraph, as long as both go on alike. */
function labelDifferences(ydoc: Y.Doc, read: readonly ReadBlock[]): LabelDifference[] {
  const ledger = new Ledger(ydoc)
  const { paragraphs } = ledger.project('clean')
  ledger.destroy()
  const shown = read.filter(({ clean }) => clean !== null)
  if (shown.length !== paragraphs.length) return []
  return shown.flatMap(({ number, labels }, i) => {
    const draft = paragraphs[i]!.label.view
    return labels.clean === draft ? [] : [{ paragraph: number, file: labels.clean, draft }]
  })
}
