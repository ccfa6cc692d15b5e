/**
 * `pnpm -F @revmark/shared round-trip`: ten Word files with revisions of OpenXmlPowerTools (MIT),
 * through a draft of ours, through pandoc and through LibreOffice to Word again. What each makes of
 * them is settled by docxodus, and compared with what the files' own authors say that they are, once
 * accepted and once rejected. The files lie beside a working copy (`../shared/docx-samples`).
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { exportDocx, fileWritings, provisionsOfText, textsIn } from '../../src/docx/index.ts'
import type { Reading } from '../../src/docx/index.ts'
import { peopleOf } from '../../src/ledger/index.ts'
import type { Provision } from '../../src/resolution/index.ts'
import { opened } from '../docx-handmade.ts'
import { partOf } from '../docx-reading.ts'
import { taken } from '../docx-taking.ts'
import { faultOfOpenXml, settledByDocxodus, startDocxodus } from './docxodus.ts'
import { libreOfficeLacks, savedByLibreOffice } from './libreoffice.ts'
import { hasPandoc } from './pandoc.ts'

/** One for each sort of revision that a text without tables can have; two are ITU's own documents. */
const ten = [
  'RP002-Deleted-Text',
  'RP006-Inserted-Paragraph-Mark',
  'RP008-Multiple-Inserted-Para-Mark',
  'RP018-MoveFrom-MoveTo-CC',
  'RP020-Inserted-Field-Code',
  'RP024-ParagraphMark-rPr-Change',
  'RP038-Inserted-Paras-at-End',
  'RP040-Deleted-Paras-at-End',
  'RP046-Consecutive-Deleted-Ranges',
  'RP050-Deleted-Footnote',
]

const folder = fileURLToPath(new URL('../../../../shared/docx-samples/', import.meta.url))

const numberLine: Provision = { kind: 'number', level: 1, label: null, text: '', formats: [] }

/** Taken into a draft on the text that the file is when all is rejected, and written again. */
function throughDraft(file: Uint8Array): Uint8Array {
  const docx = opened(file)
  const [text] = textsIn(docx, 'rejected').texts
  const own = text ? provisionsOfText(text) : []
  const base = own[0]?.kind === 'number' ? own : [numberLine, ...own]
  const { ledger, views } = taken(base, docx, '?')
  const people = [...peopleOf(ledger.ydoc).values()]
  const delegations = people.map(({ delegation }) => ({ code: delegation, name: delegation }))
  return exportDocx({
    text: views,
    title: 'sample',
    language: 'en',
    delegations,
    at: 0,
    writings: fileWritings(ledger.ydoc, delegations),
  })
}

function throughPandoc(file: Uint8Array): Uint8Array {
  const options = ['-f', 'docx', '--track-changes=all', '-t', 'docx', '-o', '-']
  const { stdout, status, stderr } = spawnSync('pandoc', options, {
    input: file,
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) throw new Error(stderr.toString())
  return new Uint8Array(stdout)
}

/** The texts of the paragraphs that have any, those of tables and formulas where they stand. */
const linesOf = (file: Uint8Array): string =>
  [...partOf(file, 'word/document.xml').matchAll(/<w:p(?:\s[^>]*?)?>(.*?)<\/w:p>/gs)]
    .map(([, inside]) =>
      [...inside!.matchAll(letters)]
        .map(([tag, text]) => text ?? (tag.includes('Hyphen') ? '\u2011' : '\t'))
        .join('')
        .trim(),
    )
    .filter((line) => line !== '')
    .join('\n')

const letters = /<w:tab\s?\/>|<w:noBreakHyphen\s?\/>|<[wm]:t(?:\s[^>]*)?>([^<]*)<\/[wm]:t>/g

const read = (name: string): Uint8Array => new Uint8Array(readFileSync(`${folder}${name}.docx`))

const readings = [
  ['accepted', 'Accepted'],
  ['rejected', 'Rejected'],
] as const

/** In which readings what a tool has made of a sample says what the sample says. */
async function keptIn(name: string, made: Uint8Array): Promise<Reading[]> {
  const kept: Reading[] = []
  for (const [reading, ending] of readings) {
    const expected = linesOf(read(`${name}-${ending}`))
    if (linesOf(await settledByDocxodus(made, reading)) === expected) kept.push(reading)
  }
  return kept
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

if (!existsSync(folder)) throw new Error(`there are no samples in ${folder}`)
const names = readdirSync(folder)
  .filter((name) => !/-(?:Accepted|Rejected)\.docx$/.test(name))
  .map((name) => name.slice(0, -'.docx'.length))
const files = names.map(read)
await startDocxodus()
const lacks = libreOfficeLacks()
if (!hasPandoc) say('pandoc is not installed')
if (lacks !== null) say(lacks)
const tools = {
  Revmark: files.map(throughDraft),
  ...(hasPandoc && { pandoc: files.map(throughPandoc) }),
  ...(lacks === null && {
    LibreOffice: savedByLibreOffice(files, ['none:docx']).map((saved) => saved.get('none:docx')!),
  }),
}

say(`| by | accepted text kept | rejected text kept | valid | of all ${names.length} |`)
say('|---|---:|---:|---:|---:|')
for (const [tool, made] of Object.entries(tools)) {
  const kept = await Promise.all(names.map((name, i) => keptIn(name, made[i]!)))
  const faults = await Promise.all(made.map((file) => faultOfOpenXml(file)))
  const count = (is: (i: number) => boolean, of = ten): number =>
    of.filter((name) => is(names.indexOf(name))).length
  const columns = [
    ...readings.map(([reading]) => count((i) => kept[i]!.includes(reading))),
    count((i) => faults[i] === null),
    readings.map(([reading]) => count((i) => kept[i]!.includes(reading), names)).join(' and '),
  ]
  say(`| ${tool} | ${columns.join(' | ')} |`)
  const lost = names.flatMap((name, i) => {
    const missing = readings.flatMap(([reading]) => (kept[i]!.includes(reading) ? [] : [reading]))
    return missing.length > 0 ? [`${name.slice(0, 5)} ${missing.join(', ')}`] : []
  })
  say(`<!-- ${tool} lost: ${lost.join('; ') || 'nothing'} -->`)
}
