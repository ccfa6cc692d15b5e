/** Automatic lists: what Word prints before a paragraph that is numbered by it. */
import { formatLabel, highestOrdinal } from '../../resolution/numbering.ts'
import type { Archive } from './archive.ts'
import { depthOf } from './style-sheet.ts'
import type { ListPlace } from './style-sheet.ts'
import { readXml } from './xml-stream.ts'

interface Level {
  start: number
  format: string
  /** `%1.%2)`: what is printed, with the numbers of the levels by their order from 1. */
  text: string
}

/** A definition's levels, by depth from 0. */
type Levels = Map<number, Level>

/** Labels are short; what says otherwise would print without end. */
const longest = 32

interface List {
  definition: string
  readonly starts: Map<number, number>
  readonly levels: Levels
}

export class Lists {
  private readonly definitions = new Map<string, Levels>()
  private readonly lists = new Map<string, List>()

  /** Reads the part; no lists where there is none. */
  constructor(archive: Archive, part: string | null) {
    if (part === null) return
    let levels: Levels | null = null
    let list: List | null = null
    let level: Level | null = null
    let overridden = 0
    readXml(archive, part, {
      open: ({ name, get }) => {
        const value = get('val') ?? ''
        if (name === 'w:abstractNum') {
          levels = new Map()
          this.definitions.set(get('abstractNumId') ?? '', levels)
        } else if (name === 'w:num') {
          levels = new Map()
          list = { definition: '', starts: new Map(), levels }
          this.lists.set(get('numId') ?? '', list)
        } else if (name === 'w:abstractNumId' && list) list.definition = value
        else if (name === 'w:lvlOverride') overridden = depthOf(get('ilvl'))
        else if (name === 'w:startOverride') list?.starts.set(overridden, Number(value))
        else if (name === 'w:lvl') {
          level = { start: 1, format: 'decimal', text: '' }
          levels?.set(depthOf(get('ilvl')), level)
        } else if (level && name === 'w:start') level.start = Number(value)
        else if (level && name === 'w:numFmt') level.format = value
        else if (level && name === 'w:lvlText') level.text = value.slice(0, longest)
      },
      close: (name) => {
        if (name === 'w:lvl') level = null
        if (name === 'w:num') list = null
      },
    })
  }

  /** Counts through one reading of a text, from its start. */
  counter(): (place: ListPlace) => string | null {
    const counts = new Map<string, number[]>()
    return (place) => this.next(counts, place)
  }

  private next(counts: Map<string, number[]>, { list: id, level }: ListPlace): string | null {
    const list = this.lists.get(id)
    if (!list) return null
    const own = this.level(list, level)
    if (!own || own.format === 'none') return null
    if (own.format === 'bullet') return bullet
    // Lists of one definition count on, unless one begins anew.
    const key = list.starts.size > 0 ? `list ${id}` : list.definition
    const numbers = counts.get(key) ?? []
    counts.set(key, numbers)
    const start = (depth: number): number =>
      list.starts.get(depth) ?? this.level(list, depth)?.start ?? 1
    for (let depth = 0; depth < level; depth++) numbers[depth] ??= start(depth)
    numbers[level] = (numbers[level] ?? start(level) - 1) + 1
    numbers.length = level + 1
    return own.text.replace(/%([1-9])/g, (_, digit: string) => {
      const depth = Number(digit) - 1
      return printed(this.level(list, depth)?.format ?? 'decimal', numbers[depth] ?? 0)
    })
  }

  private level(list: List, depth: number): Level | undefined {
    return list.levels.get(depth) ?? this.definitions.get(list.definition)?.get(depth)
  }
}

/** Fonts of signs give bullets a look; here all of them are one. */
const bullet = '•'

/** Word's letters go on with `aa`, `bb`, `cc`. */
function printed(format: string, ordinal: number): string {
  const isKnown = ordinal >= 1 && ordinal <= highestOrdinal.roman
  const letters =
    isKnown && format.endsWith('Letter')
      ? String.fromCharCode(97 + ((ordinal - 1) % 26)).repeat(Math.ceil(ordinal / 26))
      : isKnown && format.endsWith('Roman')
        ? formatLabel('roman', ordinal).slice(0, -1)
        : String(ordinal)
  return format.startsWith('upper') ? letters.toUpperCase() : letters
}
