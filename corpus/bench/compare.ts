/**
 * `pnpm -F @revmark/corpus bench`: our comparison of texts against what people use, on the editions of
 * Resolution 45 and Brazil's text: changes shown, letters marked, time, and how the time grows.
 */
import { writeContribution } from '@revmark/shared/contribution'
import { Ledger, provisionsOf, writeBase } from '@revmark/shared/ledger'
import type { Provision } from '@revmark/shared/resolution'
import * as Y from 'yjs'
import { loadContributions, loadCorpus } from '../src/index.ts'
import { onAligned } from './letters.ts'
import { docxodusPeer, jsdiff, ours, startDocxodus } from './peers.ts'
import type { Peer } from './peers.ts'

const corpus = loadCorpus()
const out = process.stdout

/** Without labels, which Revmark computes and a text diff would count as words. */
const unlabelled = (provisions: readonly Provision[]): Provision[] =>
  provisions.map((provision) => ({ ...provision, label: null, formats: [] }))

const edition = (id: string): Provision[] => unlabelled(corpus.find(id)!.provisions)

function brazil(): Provision[] {
  const { paragraphs, base } = loadContributions(corpus).find('res45-brazil-2017')!
  const { provisions } = corpus.find(base)!
  const hand = { client: 4711, delegation: 'B', user: 'b' }
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, base, provisions)
  writeContribution(ydoc, provisions, paragraphs, hand)
  return unlabelled(provisionsOf(new Ledger(ydoc, hand).project('clean')))
}

const pairs: [string, Provision[], Provision[]][] = [
  ['Doha, Dubai', edition('res45-doha-2006'), edition('res45-dubai-2014')],
  ['Dubai, Kigali', edition('res45-dubai-2014'), edition('res45-kigali-2022')],
  ['Dubai, Brazil', edition('res45-dubai-2014'), brazil()],
]

const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[times.length >> 1]!

async function timed(peer: Peer, base: Provision[], target: Provision[], runs: number) {
  const times: number[] = []
  let shown = await peer.compare(base, target)
  for (let i = 0; i < runs; i++) {
    const start = performance.now()
    shown = await peer.compare(base, target)
    times.push(performance.now() - start)
  }
  return { ...shown, ms: median(times) }
}

/** A text as long as wished, and a version of it with every seventh paragraph changed. */
function long(paragraphs: number): [Provision[], Provision[]] {
  const source = edition('res45-dubai-2014').filter(({ kind }) => kind === 'item')
  const base = Array.from({ length: paragraphs }, (_, i) => {
    const each = source[i % source.length]!
    return { ...each, text: `${each.text} See also paragraph ${i} of document ${i * 7}.` }
  })
  const target = base.flatMap((each, i) =>
    i % 7 === 0
      ? [{ ...each, text: each.text.replace('the', 'every').replace('See also', 'Compare') }]
      : i % 31 === 0
        ? [each, { ...each, text: `to consider ${i} new questions of kind ${i * 3}` }]
        : i % 37 === 0
          ? []
          : [each],
  )
  return [base, target]
}

await startDocxodus()

out.write('Changes shown, letters marked (white space and labels aside), median milliseconds\n\n')
out.write('| texts | by | changes | letters | ms |\n|---|---|---:|---:|---:|\n')
for (const [name, base, target] of pairs) {
  for (const peer of [ours, jsdiff, docxodusPeer]) {
    const { changes, letters, ms } = await timed(peer, base, target, peer === docxodusPeer ? 3 : 15)
    out.write(`| ${name} | ${peer.name} | ${changes} | ${letters} | ${ms.toFixed(1)} |\n`)
  }
}

out.write('\nOn aligned paragraphs, against the fewest letters (jsdiff, words with space)\n\n')
out.write('| texts | Revmark | fewest | ratio | replaced whole |\n|---|---:|---:|---:|---:|\n')
for (const [name, base, target] of pairs) {
  const { marked, least, replaced } = onAligned(base, target)
  const ratio = (marked / least).toFixed(2)
  out.write(`| ${name} | ${marked} | ${least} | ${ratio} | ${replaced.length} |\n`)
}

out.write('\nMilliseconds for long texts, a fifth of the paragraphs changed, one run\n\n')
out.write('| paragraphs | Revmark | jsdiff, words | docxodus |\n|---:|---:|---:|---:|\n')
for (const paragraphs of [100, 1000, 10_000]) {
  const [base, target] = long(paragraphs)
  const cells: string[] = []
  for (const peer of [ours, jsdiff, docxodusPeer]) {
    // The others' time grows faster than the text: minutes for the longest one.
    const tooLong = paragraphs > 1000 && peer !== ours
    cells.push(tooLong ? '-' : (await timed(peer, base, target, 1)).ms.toFixed(0))
  }
  out.write(`| ${paragraphs} | ${cells.join(' | ')} |\n`)
}
process.exit(0)
