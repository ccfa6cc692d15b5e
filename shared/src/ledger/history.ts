/** What one hand did, step by step, as ids: so that undo and redo never change an id. */
import type { EntryKey } from './entry.ts'
import type { Place } from './place.ts'
import { union } from './ranges.ts'
import type { Ranges } from './ranges.ts'

/** A part of a step: tokens written, or an entry written over tokens. */
export type Part =
  | { readonly type: 'tokens'; readonly r: Ranges }
  | { readonly type: 'entry'; readonly key: EntryKey; readonly r: Ranges }

export interface Undoable {
  readonly parts: readonly Part[]
  /** Where the caret stood before. */
  readonly place: Place | null
}

/** How the step in the making may grow: by what comes next, at the same place, soon. */
export interface Growth {
  readonly kind: 'typing' | 'erasing'
  /** `client:clock` of the token at which it goes on. */
  readonly at: string
}

/** Typing goes on in one step while pauses are shorter; deleting likewise, and in one entry. */
export const typingPause = 1000
export const erasingPause = 2000

export class History {
  private readonly done: Undoable[] = []
  private readonly undone: Undoable[] = []
  private growth: (Growth & { until: number }) | null = null
  /** While steps are gathered into one: whether there is one already. */
  private gathering: 'empty' | 'begun' | null = null

  get canUndo(): boolean {
    return this.done.length > 0
  }

  get canRedo(): boolean {
    return this.undone.length > 0
  }

  /** Whether the hand goes on where it stopped, however long ago. */
  follows({ kind, at }: Growth): boolean {
    return this.growth !== null && this.growth.kind === kind && this.growth.at === at
  }

  /** Whether the last step may take in what happens now. */
  grows(growth: Growth, now: number): boolean {
    return this.follows(growth) && now <= this.growth!.until
  }

  /** The last step, while it is in the making. */
  get last(): Undoable | null {
    return this.done.at(-1) ?? null
  }

  /** Adds a step, or widens the last one. What was undone cannot be redone any more. */
  record(step: Undoable, now: number, grown: boolean, next: Growth | null): void {
    this.undone.length = 0
    const last = grown || this.gathering === 'begun' ? this.done.pop() : undefined
    if (this.gathering) this.gathering = 'begun'
    this.done.push(
      last ? { place: last.place, parts: merged([...last.parts, ...step.parts]) } : step,
    )
    const pause = next?.kind === 'erasing' ? erasingPause : typingPause
    this.growth = next && { ...next, until: now + pause }
  }

  /** From now on everything recorded is one step, until `scatter`. */
  gather(): void {
    this.gathering ??= 'empty'
  }

  scatter(): void {
    this.gathering = null
  }

  /** Ends the step in the making. */
  rest(): void {
    this.growth = null
  }

  /** Moves a step from one stack to the other, as `invert` makes it. */
  turn(direction: 'undo' | 'redo', invert: (step: Undoable) => Undoable): Undoable | null {
    this.rest()
    if (this.gathering) this.gathering = 'empty'
    const [from, to] = direction === 'undo' ? [this.done, this.undone] : [this.undone, this.done]
    const step = from.pop()
    if (!step) return null
    to.push(invert(step))
    return step
  }
}

/** Parts of one kind and name as one part. */
function merged(parts: readonly Part[]): Part[] {
  const out: Part[] = []
  for (const part of parts) {
    const i = out.findIndex(
      (other) =>
        other.type === part.type &&
        (other.type === 'tokens' || (part.type === 'entry' && other.key === part.key)),
    )
    if (i < 0) out.push(part)
    else out[i] = { ...out[i]!, r: union(out[i]!.r, part.r) }
  }
  return out
}
