/** Which parts of a package are what: found by relations, as the format asks, never by their names. */
import type { Archive } from './archive.ts'
import { Refusal } from './refusal.ts'
import { readXml } from './xml-stream.ts'

/** The parts that are read, by name; null where the file has none. */
export interface Parts {
  readonly document: string
  readonly styles: string | null
  readonly numbering: string | null
  readonly footnotes: string | null
  readonly endnotes: string | null
  readonly comments: string | null
  readonly properties: string | null
  /** How many relations lead out of the file and were left alone: links, pictures, templates. */
  readonly external: number
}

interface Relation {
  /** The last step of its type: `styles`, `officeDocument`. */
  readonly type: string
  readonly target: string
  readonly isExternal: boolean
}

/** Throws a Refusal where this is no Word document, one with macros, or one with its text elsewhere. */
export function partsOf(archive: Archive): Parts {
  if (!archive.has('[Content_Types].xml')) throw notWord()
  refuseMacros(archive)
  const root = relationsOf(archive, '')
  const document = partIn(archive, '', root, 'officeDocument')
  if (document === null) throw notWord()
  const relations = relationsOf(archive, document)
  const part = (type: string) => partIn(archive, document, relations, type)
  return {
    document,
    styles: part('styles'),
    numbering: part('numbering'),
    footnotes: part('footnotes'),
    endnotes: part('endnotes'),
    comments: part('comments'),
    properties: partIn(archive, '', root, 'custom-properties'),
    external: [...root, ...relations].filter(({ isExternal }) => isExternal).length,
  }
}

const notWord = (): Refusal =>
  new Refusal('not-word', 'This is a zip, but no Word document: it names no main document.')

function refuseMacros(archive: Archive): void {
  let hasMacros = [...archive.names()].some((name) => name.endsWith('vbaproject.bin'))
  readXml(archive, '[Content_Types].xml', {
    open: ({ name, get }) => {
      if (name === 'ct:Override' && /macroenabled/i.test(get('ContentType') ?? '')) hasMacros = true
    },
    close: () => {},
  })
  if (hasMacros) {
    throw new Refusal('macros', 'The file holds macros: save it as .docx, without them, first.')
  }
}

function partIn(
  archive: Archive,
  source: string,
  relations: readonly Relation[],
  type: string,
): string | null {
  const relation = relations.find((each) => each.type === type)
  if (!relation) return null
  if (relation.isExternal) {
    throw new Refusal('external', `The file has its ${type} elsewhere, at ${relation.target}.`)
  }
  const name = resolved(source, relation.target)
  if (!archive.has(name)) throw new Refusal('missing-part', `The file lacks its part ${name}.`)
  return name
}

function relationsOf(archive: Archive, source: string): Relation[] {
  const slash = source.lastIndexOf('/') + 1
  const part = `${source.slice(0, slash)}_rels/${source.slice(slash)}.rels`
  const relations: Relation[] = []
  if (!archive.has(part)) return relations
  readXml(archive, part, {
    open: ({ name, get }) => {
      if (name !== 'pr:Relationship') return
      const type = get('Type') ?? ''
      relations.push({
        type: type.slice(type.lastIndexOf('/') + 1),
        target: get('Target') ?? '',
        isExternal: get('TargetMode') === 'External',
      })
    },
    close: () => {},
  })
  return relations
}

/** A target as a name in the zip: against the folder of its source, or against the root. */
function resolved(source: string, target: string): string {
  const steps = target.startsWith('/') ? [] : source.split('/').slice(0, -1)
  for (const step of target.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(step)
  }
  return steps.join('/')
}
