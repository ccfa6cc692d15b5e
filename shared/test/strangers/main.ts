/**
 * `pnpm -F @revmark/shared strangers`: 60 random drafts (`DRAFTS`) as Word files before docxodus,
 * the Open XML SDK, pandoc and LibreOffice. `SEED` is the first draft's; a failure names its own.
 */
import { startDocxodus } from './docxodus.ts'
import { Judgement, markedFile } from './judgement.ts'
import { judgedFaults } from './libreoffice-faults.ts'
import { libreOfficeLacks } from './libreoffice.ts'
import { hasPandoc } from './pandoc.ts'
import { Coverage, randomDraft } from './random-draft.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const first = Number(process.env['SEED'] ?? 1)
const drafts = Array.from({ length: Number(process.env['DRAFTS'] ?? 60) }, (_, i) =>
  randomDraft(first + i),
)

const coverage = new Coverage()
for (const draft of drafts) coverage.add(draft, markedFile(draft))
say(`${drafts.length} drafts, seeds ${first} to ${first + drafts.length - 1}`)
for (const line of coverage.lines()) say(line)
say(`never: ${coverage.missing.join(', ') || 'nothing'}\n`)

const judgement = new Judgement()
await startDocxodus()
for (const draft of drafts) await judgement.byDocxodus(draft)
if (hasPandoc) for (const draft of drafts) judgement.byPandoc(draft)
else say('pandoc is not installed')
const lacks = libreOfficeLacks()
if (lacks === null) {
  judgement.byLibreOffice(drafts)
  for (const { what, isThere, isMended } of judgedFaults()) {
    const state = !isThere
      ? 'not in this LibreOffice'
      : isMended
        ? 'told around'
        : 'NOT told around'
    say(`${state}: ${what}`)
  }
  say('')
} else say(lacks)

for (const line of judgement.table()) say(line)
for (const { engine, reading, seed, message } of judgement.failures) {
  say(`seed ${seed}, ${engine}, ${reading}: ${message.slice(0, 2000)}`)
}
process.exitCode = judgement.failures.length > 0 ? 1 : 0
