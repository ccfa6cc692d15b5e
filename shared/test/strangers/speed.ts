/**
 * `pnpm -F @revmark/shared bench`: time and memory of a marked-up Word file, written and taken in,
 * beside pandoc reading the same file, and how both grow. Each line is a process of its own.
 */
import { spawnSync } from 'node:child_process'
import { strFromU8, unzipSync } from 'fflate'
import * as Y from 'yjs'
import { writeBlocks } from '../../src/docx/block-writer.ts'
import { exportDocx, importDocx } from '../../src/docx/index.ts'
import { Ledger, enterPerson, serverClient, writeBase } from '../../src/ledger/index.ts'
import type { Provision } from '../../src/resolution/index.ts'
import { markedViews } from '../../src/text/index.ts'
import type { Block, Run } from '../../src/text/index.ts'
import { opened } from '../docx-handmade.ts'
import { hasPandoc, readByPandoc } from './pandoc.ts'

/** Paragraphs and changes: each second one is ten times the first, and 340 kB is what a real contribution has. */
const sizes = [
  [300, 10_000],
  [3000, 100_000],
  [1270, 700],
  [12_700, 7000],
] as const

const kept = { inserted: null, deleted: null }

/** Paragraphs with as many changes, every other an insertion of A and a deletion of B. */
function textWith(paragraphs: number, changes: number): { base: Provision[]; blocks: Block[] } {
  const base: Provision[] = []
  const blocks: Block[] = []
  for (let i = 0; i < paragraphs; i++) {
    const kind = i === 0 ? 'number' : 'text'
    const first = Math.round((i * changes) / paragraphs)
    const last = Math.round(((i + 1) * changes) / paragraphs)
    const words = `Paragraph ${i} of a resolution that a conference adopted, long before it came to be amended, `
    const runs: Run[] = [{ part: 'text', text: words, revision: kept, formats: [] }]
    for (let k = first; k < last; k++) {
      const revision = k % 2 ? { inserted: null, deleted: 'B' } : { inserted: 'A', deleted: null }
      runs.push({ part: 'text', text: `revised ${k} `, revision, formats: [] })
      runs.push({ part: 'text', text: 'and kept ', revision: kept, formats: [] })
    }
    const text = runs.map((run) => (run.revision.inserted === null ? run.text : '')).join('')
    const shape = { kind, level: 1 } as const
    base.push({ ...shape, label: null, text, formats: [] })
    blocks.push({ revision: kept, shape, base: shape, clean: shape, runs })
  }
  return { base, blocks }
}

const hands = { A: 1001, B: 1002 }

const handOf = (delegation: string) => ({
  client: hands[delegation as keyof typeof hands],
  delegation,
  user: 'u',
})

const newDraft = (base: readonly Provision[]): Y.Doc => {
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, 'bench', base)
  return ydoc
}

const elapsed = (work: () => void): number => {
  const start = performance.now()
  work()
  return performance.now() - start
}

const megabytes = (): number => Math.round(process.resourceUsage().maxRSS / 1024)

/** Measures one size in this process. */
function measured(paragraphs: number, changes: number): string[] {
  const { base, blocks } = textWith(paragraphs, changes)
  const ydoc = newDraft(base)
  writeBlocks(ydoc, base, blocks, { handOf, othersOf: () => [] })
  ydoc.clientID = serverClient
  for (const code of Object.keys(hands)) enterPerson(ydoc, handOf(code).client, handOf(code))
  const ledger = new Ledger(ydoc)
  const before = megabytes()
  const facts = { title: 'Bench', language: 'en', delegations: [], at: 0 }
  let file = new Uint8Array()
  const written = elapsed(() => (file = exportDocx({ text: markedViews(ledger), ...facts })))
  const exported = megabytes()
  const size = strFromU8(unzipSync(file)['word/document.xml']!).length
  const taken = elapsed(() => {
    const options = {
      index: 0,
      codeOf: ({ author }: { author: string | null }) => author ?? '?',
      unmarkedBy: 'A',
      handOf,
    }
    const report = importDocx(newDraft(base), base, opened(file), options)
    if (report?.differences.length !== 0) throw new Error('the file was not read as it was written')
  })
  const imported = megabytes()
  const read = hasPandoc ? elapsed(() => readByPandoc(file, 'accepted')) : null
  const name = `${paragraphs} paragraphs, ${changes} changes, document.xml of ${Math.round(size / 1000)} kB`
  const cells = [name, ...[written, taken, read].map((ms) => (ms === null ? '-' : ms.toFixed(0)))]
  return [...cells, `${before}, ${exported}, ${imported}`]
}

const [paragraphs, changes] = process.argv.slice(2).map(Number)
if (paragraphs !== undefined && changes !== undefined) {
  process.stdout.write(`| ${measured(paragraphs, changes).join(' | ')} |\n`)
} else {
  process.stdout.write(
    '| file | export ms | import ms | pandoc reads, ms | peak MB before, after export, after import |\n|---|---:|---:|---:|---:|\n',
  )
  for (const size of sizes) {
    const own = [...process.execArgv, import.meta.filename, ...size.map(String)]
    const { status } = spawnSync(process.execPath, own, { stdio: 'inherit' })
    if (status !== 0) process.exitCode = 1
  }
}
