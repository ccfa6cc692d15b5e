/** Where delegations meet, marked on the sheet: the words framed, and a sign that leads to the panel. */
import { eachRange, parseIdKey, partitionPoint, union } from '@revmark/shared/ledger'
import type { Change, ConflictKind } from '@revmark/shared/ledger'
import type { Node } from 'prosemirror-model'
import { Decoration } from 'prosemirror-view'
import type { Line, Run } from './lines.ts'
import { signAt } from './sign.ts'

/** A change that meets another delegation's, with what it meets in words. */
export interface Flag {
  readonly change: Change
  readonly kind: ConflictKind
  readonly words: string
}

/** So many are drawn, in the order of the list; more would slow typing down. */
const mostFlags = 500

/** Clocks of one client that a flagged change covers. */
interface Stretch {
  readonly flag: Flag
  readonly from: number
  readonly to: number
}

/** Offsets in a line; equal ones where the view hides what is flagged. */
interface Spot {
  readonly flag: Flag
  readonly from: number
  readonly to: number
}

export class ConflictMarks {
  private readonly flags: readonly Flag[]
  private readonly open: (change: Change) => void
  /** By client, in the order of the clocks. */
  private readonly stretches = new Map<number, Stretch[]>()
  /** How many clocks the longest of them has. */
  private longest = 0
  private readonly known = new WeakMap<Line, readonly Spot[]>()

  /** `open` hears which change's sign somebody has pressed. */
  constructor(flags: readonly Flag[], open: (change: Change) => void) {
    this.flags = flags
    this.open = open
    for (const flag of flags.slice(0, mostFlags)) {
      const { ins, del, set } = flag.change
      eachRange(union(union(ins, del), set), (client, clock, length) => {
        const list = this.stretches.get(client) ?? []
        this.stretches.set(client, list)
        list.push({ flag, from: clock, to: clock + length })
        this.longest = Math.max(this.longest, length)
      })
    }
    for (const list of this.stretches.values()) list.sort((a, b) => a.from - b.from)
  }

  /** Whether these marks are for such flags, of the very same changes, and tell the same. */
  isFor(flags: readonly Flag[], open: (change: Change) => void): boolean {
    if (flags.length !== this.flags.length) return false
    if (flags.length > 0 && open !== this.open) return false
    return flags.every((flag, i) => isSame(flag, this.flags[i]!))
  }

  /** Draws over a document whose blocks show the lines. */
  drawnIn(doc: Node, lines: readonly Line[]): Decoration[] {
    if (this.stretches.size === 0) return []
    const frames: Decoration[] = []
    const signs = new Map<Flag, { at: number; isSeen: boolean }>()
    let line = 0
    doc.descendants((node, pos) => {
      if (!node.isTextblock) return true
      for (const { flag, from, to } of this.spotsIn(lines[line]!)) {
        const at = pos + 1 + to
        if (from < to) frames.push(frame(pos + 1 + from, at, flag))
        if (from < to || !signs.get(flag)?.isSeen) signs.set(flag, { at, isSeen: from < to })
      }
      line++
      return false
    })
    // Those who agree meet in the same words: one sign is enough.
    const drawn = new Map<string, Decoration>()
    for (const [flag, { at }] of signs) {
      const name = `${flag.kind} ${at}`
      if (!drawn.has(name)) drawn.set(name, this.sign(at, flag))
    }
    return [...frames, ...drawn.values()]
  }

  /** A line that nobody has touched is the same object, and so is what is flagged in it. */
  private spotsIn(line: Line): readonly Spot[] {
    let spots = this.known.get(line)
    if (!spots) this.known.set(line, (spots = this.spotsOf(line)))
    return spots
  }

  private spotsOf({ key, pieces }: Line): Spot[] {
    const spots = this.flagsOver({ ...parseIdKey(key), length: 1 }).map(({ flag }) => ({
      flag,
      from: 0,
      to: 0,
    }))
    let offset = 0
    for (const piece of pieces) {
      for (const { flag, from, to } of this.flagsOver(piece)) {
        const start = piece.shown ? offset + Math.max(from - piece.clock, 0) : offset
        const end = piece.shown ? offset + Math.min(to - piece.clock, piece.length) : offset
        spots.push({ flag, from: start, to: end })
      }
      if (piece.shown) offset += piece.length
    }
    return spots
  }

  private flagsOver({ client, clock, length }: Omit<Run, 'shown'>): Stretch[] {
    const list = this.stretches.get(client) ?? []
    const first = partitionPoint(list.length, (i) => list[i]!.from + this.longest <= clock)
    const out: Stretch[] = []
    for (let i = first; i < list.length && list[i]!.from < clock + length; i++) {
      if (list[i]!.to > clock) out.push(list[i]!)
    }
    return out
  }

  private sign(at: number, flag: Flag): Decoration {
    const { change, kind, words } = flag
    return signAt(at, {
      key: `conflict ${change.id} ${kind} ${words}`,
      side: 5,
      className: 'conflict-sign',
      words,
      title: words,
      data: { conflict: kind },
      press: () => this.open(change),
    })
  }
}

const isSame = (a: Flag, b: Flag): boolean =>
  a.change === b.change && a.kind === b.kind && a.words === b.words

const frame = (from: number, to: number, { kind }: Flag): Decoration =>
  Decoration.inline(from, to, { class: 'conflict', 'data-conflict': kind })
