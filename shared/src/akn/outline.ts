/**
 * The outline of a resolution: what stands before its calls, the calls with what they hold, and the
 * annexes. A draft is flat; Akoma Ntoso, like every format of legal documents, is a tree.
 */
import type { Block } from '../text/story.ts'

/** A block and the blocks that stand deeper behind it. */
export interface Branch {
  readonly block: Block
  readonly branches: readonly Branch[]
}

/** A call, or an annex, with what stands under it. */
export interface Part {
  readonly heads: readonly Block[]
  readonly branches: readonly Branch[]
}

export interface Outline {
  /** Number line and title. */
  readonly preface: readonly Block[]
  /** The body that adopts, and whatever stands before the first call. */
  readonly opening: readonly Block[]
  /** The calls that give reasons: *recalling*, *considering*. */
  readonly recitals: readonly Part[]
  /** From the first call that decides: *resolves*, *instructs*; recitals after it stay among them. */
  readonly operative: readonly Part[]
  readonly annexes: readonly Part[]
  /** Footnotes that stand as paragraphs of their own. */
  readonly notes: readonly Block[]
}

/** How a call begins that gives a reason, by language; in another language every call decides. */
const participles: Readonly<Record<string, RegExp>> = {
  en: /^\p{L}+ing\b/u,
  fr: /^\p{L}+ant\b/u,
  es: /^\p{L}+ndo\b/u,
}

/**
 * Sorts blocks into the outline, which keeps their order, but for footnotes that stand among them;
 * `language` is a BCP 47 tag.
 */
export function outlineOf(blocks: readonly Block[], language: string): Outline {
  const preface: Block[] = []
  const opening: Block[] = []
  const notes: Block[] = []
  const parts = { recitals: [] as Growing[], operative: [] as Growing[], annexes: [] as Growing[] }
  const givesReason = participles[language.slice(0, 2)] ?? null
  let part: Growing | null = null
  for (const block of blocks) {
    const { kind } = block.shape
    const isHead = kind === 'number' || kind === 'title'
    if (kind === 'footnote') notes.push(block)
    else if (isHead && !part && opening.length === 0) preface.push(block)
    else if (kind === 'call' && parts.annexes.length === 0) {
      part = new Growing(block)
      const isReason = givesReason?.test(textOf(block)) && parts.operative.length === 0
      parts[isReason ? 'recitals' : 'operative'].push(part)
    } else if (kind === 'annexNumber') {
      part = new Growing(block)
      parts.annexes.push(part)
    } else if (kind === 'annexTitle' && part && part.branches.length === 0) part.heads.push(block)
    else if (part) part.add(block)
    else opening.push(block)
  }
  return { preface, opening, notes, ...parts }
}

interface GrowingBranch extends Branch {
  readonly branches: GrowingBranch[]
}

class Growing implements Part {
  readonly heads: Block[]
  readonly branches: GrowingBranch[] = []
  /** The branch at each depth that the next block may stand under. */
  private readonly path: GrowingBranch[] = []

  constructor(head: Block) {
    this.heads = [head]
  }

  add(block: Block): void {
    const branch = { block, branches: [] }
    while (this.path.length > 0 && this.path.at(-1)!.block.shape.level >= block.shape.level)
      this.path.pop()
    ;(this.path.at(-1)?.branches ?? this.branches).push(branch)
    this.path.push(branch)
  }
}

const textOf = ({ runs }: Block): string => runs.map(({ text }) => text).join('')
