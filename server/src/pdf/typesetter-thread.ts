/** The thread that sets type: Typst, with the fonts that come along and no others. */
import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parentPort } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { serve } from '../thread.ts'
import type { Sheet } from './sheet.ts'

/** A PDF, or why there is none. */
export type Typeset = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly problem: string }

export interface TypesetterTask {
  readonly sheet: Sheet
  /** The time that the file tells, in milliseconds since 1970. */
  readonly at: number
}

const folderOf = (font: string): string => dirname(fileURLToPath(import.meta.resolve(font)))

const compiler = NodeCompiler.create({
  fontArgs: [
    {
      fontPaths: ['@expo-google-fonts/carlito', '@expo-google-fonts/noto-naskh-arabic'].map(
        folderOf,
      ),
    },
  ],
})
const template = readFileSync(new URL('sheet.typ', import.meta.url), 'utf8')

function typeset({ sheet, at }: TypesetterTask): Typeset {
  const compiled = compiler.compile({
    mainFileContent: template,
    inputs: { sheet: JSON.stringify(sheet) },
  })
  if (!compiled.result)
    return { problem: JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? 'no reason') }
  const bytes = new Uint8Array(compiler.pdf(compiled.result, { creationTimestamp: at / 1000 }))
  // What was set is not set again: without this its memory would only grow.
  compiler.evictCache(0)
  return { bytes }
}

serve<TypesetterTask>(parentPort!, { reply: typeset, close: () => {} })
