/** LibreOffice, started once for many files, where it and Debian's python3-uno are installed. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { strFromU8 } from 'fflate'

const script = fileURLToPath(new URL('libreoffice.py', import.meta.url))

/** Debian's own: another python does not find the module uno. */
const python = '/usr/bin/python3'

/** Why LibreOffice cannot be asked here; null where it can. */
export function libreOfficeLacks(): string | null {
  if (spawnSync('soffice', ['--version']).status !== 0) return 'LibreOffice is not installed'
  const has = existsSync(python) && spawnSync(python, ['-c', 'import uno']).status === 0
  return has ? null : 'python3-uno is not installed'
}

/** `accept:txt`: all tracked changes settled so, and saved in this form. */
export type Job = `${'accept' | 'reject' | 'none'}:${'txt' | 'docx' | 'pdf'}`

/** Every file in every wanted form, in the order of the files. Throws where LibreOffice fails. */
export function savedByLibreOffice(
  files: readonly Uint8Array[],
  jobs: readonly Job[],
): ReadonlyMap<Job, Uint8Array>[] {
  const folder = mkdtempSync(join(tmpdir(), 'revmark-strangers-'))
  try {
    const paths = files.map((_, i) => join(folder, `${i}.docx`))
    for (const [i, path] of paths.entries()) writeFileSync(path, files[i]!)
    const run = spawnSync(python, [script, folder, jobs.join(','), ...paths])
    if (run.status !== 0) throw new Error(run.stderr.toString())
    return files.map(
      (_, i) =>
        new Map(
          jobs.map((job) => [
            job,
            new Uint8Array(readFileSync(join(folder, `${i}.${job.replace(':', '.')}`))),
          ]),
        ),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The lines of a text that LibreOffice saved, one a paragraph. */
export const linesIn = (text: Uint8Array): string[] =>
  strFromU8(text)
    .replace(/^\u{FEFF}/u, '')
    .replace(/\n$/, '')
    .split('\n')
