/** Blocks that were read in a Word file, laid upon the edition that they are meant to amend. */
import { align, sizeOf } from '../compare/align.ts'
import { stretchesBetween } from '../compare/shortest.ts'
import { plain, wordsOf } from '../compare/words.ts'
import type { Provision } from '../resolution/provision.ts'
import { kept } from '../text/story.ts'
import type { Block, Revision, Run } from '../text/story.ts'
import type { ReadBlock } from './reader/blocks.ts'

/**
 * Where the file without its revisions is not the edition. null: the paragraph is missing there.
 * Typography, and capitals of the number line, are no difference.
 */
export interface BaseDifference {
  /** The paragraph of the file, from 1; null where the edition's paragraph is not in it. */
  readonly paragraph: number | null
  readonly edition: string | null
  readonly file: string | null
}

/** One paragraph of the file's base: the block that begins it, and those inserted in it. */
interface Group {
  readonly provision: Provision
  readonly number: number
  readonly blocks: readonly Block[]
}

/**
 * Gives the blocks with the edition for their base: what the file's base has otherwise becomes
 * insertions and deletions of `by`, unmarked in the file, and is listed.
 */
export function onBase(
  base: readonly Provision[],
  blocks: readonly ReadBlock[],
  by: string,
): { readonly blocks: readonly Block[]; readonly differences: readonly BaseDifference[] } {
  const groups = groupsOf(base, blocks)
  const out: Block[] = []
  const differences: BaseDifference[] = []
  for (const step of align(
    base,
    groups.map(({ provision }) => provision),
  ).steps) {
    const old = base.slice(step.base.from, step.base.to)
    const now = groups.slice(step.target.from, step.target.to)
    if (sizeOf(step.base) === 1 && sizeOf(step.target) === 1) {
      const [edition, file] = [old[0]!, now[0]!]
      out.push(...rebased(edition, file, by))
      if (isOther(edition, file.provision)) {
        differences.push({
          paragraph: file.number,
          edition: lineOf(edition),
          file: lineOf(file.provision),
        })
      }
      continue
    }
    for (const edition of old) {
      out.push(deletedBlock(edition, by))
      differences.push({ paragraph: null, edition: lineOf(edition), file: null })
    }
    for (const { provision, number, blocks: own } of now) {
      for (const block of own) addInserted(out, block, by)
      differences.push({ paragraph: number, edition: null, file: lineOf(provision) })
    }
  }
  return { blocks: out, differences }
}

const lineOf = ({ label, text }: Provision): string => (label === null ? text : `${label} ${text}`)

/** A file without a number line keeps the edition's, as every base has one. */
function groupsOf(base: readonly Provision[], blocks: readonly ReadBlock[]): Group[] {
  const known = new Map(base.map((provision) => [provision.text, provision]))
  const groups: { provision: Provision; number: number; blocks: Block[] }[] = []
  const first = blocks.find((block) => block.base !== null)
  if (first?.base?.kind !== 'number') {
    groups.push({
      provision: base[0]!,
      number: blocks[0]?.number ?? 1,
      blocks: [keptBlock(base[0]!)],
    })
  }
  for (const block of blocks) {
    if (block.base) {
      const provision = { ...block.base, label: block.labels.base, text: '', formats: [] }
      groups.push({ provision, number: block.number, blocks: [] })
    }
    groups.at(-1)?.blocks.push(block)
  }
  return groups.map((group) => {
    if (group.provision === base[0]) return group
    const text = baseText(group.blocks)
    // Styles vary more than words: a paragraph of the edition's words has the edition's kind.
    const { kind, level } = known.get(text) ?? group.provision
    return { ...group, provision: { ...group.provision, kind, level, text } }
  })
}

const wordsIn = (runs: readonly Run[]): Run[] => runs.filter(({ part }) => part === 'text')

const baseText = (blocks: readonly Block[]): string =>
  blocks
    .flatMap(({ runs }) => wordsIn(runs))
    .map(({ text, revision }) => (revision.inserted === null ? text : ''))
    .join('')

function keptBlock({ kind, level, text }: Provision): Block {
  const shape = { kind, level }
  return { revision: kept, shape, base: shape, clean: shape, runs: [runOf(text, kept)] }
}

function deletedBlock(provision: Provision, by: string): Block {
  const revision = { inserted: null, deleted: by }
  const block = keptBlock(provision)
  return { ...block, revision, clean: null, runs: [runOf(provision.text, revision)] }
}

const runOf = (text: string, revision: Revision): Run => ({
  part: 'text',
  text,
  revision,
  formats: [],
})

/** A block that the edition lacks: what of it stays is inserted, what the file deletes never was. */
function addInserted(out: Block[], block: Block, by: string): void {
  const runs = wordsIn(block.runs).flatMap((run): Run[] =>
    run.revision.inserted !== null
      ? [run]
      : run.revision.deleted !== null
        ? []
        : [{ ...run, revision: { inserted: by, deleted: null } }],
  )
  if (block.base === null) out.push({ ...block, runs })
  else if (block.revision.deleted === null) {
    out.push({ ...block, revision: { inserted: by, deleted: null }, base: null, runs })
  } else {
    const last = out.at(-1)
    if (last) out[out.length - 1] = { ...last, runs: [...wordsIn(last.runs), ...runs] }
  }
}

const isSameBut = (a: string, b: string, kind: Provision['kind']): boolean =>
  kind === 'number' ? a.toLowerCase() === b.toLowerCase() : a === b

/** Labels are counted anew, so a label alone is no difference. */
const isOther = (edition: Provision, file: Provision): boolean =>
  !isSameBut(typographic(edition.text), typographic(file.text), edition.kind)

const typographic = (text: string): string => wordsOf(text).map(plain).join('')

/** A piece of the edition's text against a piece of the file's; `same` but for typography. */
interface Piece {
  readonly same: boolean
  readonly edition: string
  readonly file: string
}

function piecesOf(edition: Provision, file: string): Piece[] {
  if (edition.text.length === file.length && isSameBut(edition.text, file, edition.kind)) {
    return Array.from(edition.text, (_, i) => ({
      same: true,
      edition: edition.text[i]!,
      file: file[i]!,
    }))
  }
  return stretchesBetween(wordsOf(edition.text), wordsOf(file)).flatMap((stretch): Piece[] =>
    stretch.kept
      ? stretch.base.map((word, i) => ({ same: true, edition: word, file: stretch.target[i]! }))
      : [{ same: false, edition: stretch.base.join(''), file: stretch.target.join('') }],
  )
}

/** The blocks of a paragraph with the edition's letters for the file's. */
function rebased(edition: Provision, { provision, blocks }: Group, by: string): Block[] {
  const { kind, level } = edition
  const shape = { kind, level }
  const own = blocks.map((block) => (block.base === null ? block : { ...block, base: shape }))
  if (edition.text === provision.text) return own
  const pieces = piecesOf(edition, provision.text)
  const out = own.map((block) => ({ ...block, runs: [] as Run[] }))
  let piece = 0
  let at = 0
  // What the edition has and the file lacks is deleted where the file has gone over it.
  const begin = (runs: Run[]) => {
    for (; pieces[piece]?.file === ''; piece++) {
      runs.push(runOf(pieces[piece]!.edition, { inserted: null, deleted: by }))
    }
    const { same, edition: lost } = pieces[piece] ?? { same: true, edition: '' }
    if (at === 0 && !same && lost !== '') runs.push(runOf(lost, { inserted: null, deleted: by }))
  }
  for (const [i, block] of own.entries()) {
    const { runs } = out[i]!
    for (const run of wordsIn(block.runs)) {
      if (run.revision.inserted !== null) {
        runs.push(run)
        continue
      }
      for (let from = 0; from < run.text.length;) {
        begin(runs)
        const { same, edition: letters, file } = pieces[piece]!
        const length = Math.min(file.length - at, run.text.length - from)
        const text = run.text.slice(from, from + length)
        if (!same && run.revision.deleted === null) {
          runs.push({ ...run, text, revision: { inserted: by, deleted: null } })
        } else if (same && letters.length === file.length) {
          runs.push({ ...run, text: letters.slice(at, at + length) })
        } else if (same && at === 0) runs.push({ ...run, text: letters })
        from += length
        at += length
        if (at === file.length) [piece, at] = [piece + 1, 0]
      }
    }
  }
  begin(out.at(-1)!.runs)
  return out
}
