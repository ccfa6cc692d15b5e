import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './command.ts'

/** What the built client depends on. A change in any of it, or of its name, asks for a new build. */
const sources = [
  'client/{index.html,package.json,shell.ts,vite.config.ts}',
  'client/{src,worker}/**/*.*',
  'shared/src/**/*.ts',
  'pnpm-lock.yaml',
]

/** Names the sources of the build that lies in client/dist. */
const stamp = join(root, 'client', 'dist', '.sources')

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const path of globSync(sources, { cwd: root }).toSorted()) {
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0')
  }
  return hash.digest('hex')
}

/** Builds client/dist, unless the one there was built from these very sources. Gives the exit code. */
export async function buildClient(): Promise<number> {
  const wanted = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return 0
  const code = await run('vite build', { folder: 'client' })
  if (code === 0) writeFileSync(stamp, wanted)
  return code
}
