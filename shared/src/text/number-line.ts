/** The capitals of the number line, "RESOLUTION 45 (Rev. Dubai, 2014)": a format, never other letters. */
import { unknownDelegation } from '../ledger/ledger.ts'
import { grouped } from './story.ts'
import type { Block, Revision, Run, Shape } from './story.ts'

/**
 * How a number line is set. `published`, as in the final acts: capitals up to the bracket, then as
 * written, "RESOLUTION 45 (Rev. Dubai, 2014)". `capitals`, as in many proposals: all of it.
 */
export type NumberLine = 'published' | 'capitals'

/** `number` is the number itself, `as written` takes the style's capitals away. */
export type NumberLook = 'number' | 'as written'

/** One reading of the text so far: whether it is in the number line, and there within brackets. */
class Reading {
  private isNumber = false
  private inBrackets = false

  begin(shape: Shape | null): void {
    if (shape === null) return
    this.isNumber = shape.kind === 'number'
    this.inBrackets = false
  }

  /** Reads a bracket, a number or what lies between; says how it looks. */
  take(stretch: string): NumberLook | null {
    if (!this.isNumber) return null
    if (stretch === '(') this.inBrackets = true
    if (stretch === ')') this.inBrackets = false
    return this.inBrackets ? 'as written' : /\d/.test(stretch) ? 'number' : null
  }
}

/** Letters of one look; `former` where letters that stand in both readings look otherwise in the base. */
export interface Stretch {
  readonly text: string
  readonly look: NumberLook | null
  readonly former: { readonly look: NumberLook | null; readonly by: string } | null
}

/**
 * Tells how letters look that stand in the number line in either reading. Where they stand in both
 * and look different there, as when the line is split or its bracket deleted, that is a revision of
 * theirs, by whoever made the last one before them.
 */
export class NumberLineLooks {
  private readonly base = new Reading()
  private readonly clean = new Reading()
  private last = unknownDelegation

  /** To be called for every block of a story, in order. */
  begin({ base, clean, revision }: Block): void {
    this.base.begin(base)
    this.clean.begin(clean)
    this.take(revision)
  }

  /** To be called for every run, in order: its stretches, neighbours of one look together. */
  stretches({ text, revision }: Run): Stretch[] {
    this.take(revision)
    const looks = Array.from(text.matchAll(/[()]|\d+|[^()\d]+/g), ([letters]) => {
      const before = revision.inserted === null ? this.base.take(letters) : undefined
      const after = revision.deleted === null ? this.clean.take(letters) : undefined
      const look = after === undefined ? before : after
      const was = before === look ? undefined : before
      return { letters, look: look ?? null, was }
    })
    return grouped(looks, ({ look, was }) => `${look} ${was}`).map(([, group]) => {
      const { look, was } = group[0]!
      return {
        text: group.map(({ letters }) => letters).join(''),
        look,
        former: was === undefined ? null : { look: was, by: this.last },
      }
    })
  }

  private take({ inserted, deleted }: Revision): void {
    this.last = deleted ?? inserted ?? this.last
  }
}
