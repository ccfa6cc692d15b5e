/** `revmark doctor`: what is wrong with this installation, and what to do about it. */
import { accessSync, constants, existsSync, statSync, statfsSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { clientFolder, databasePath, readConfig } from '../config.ts'
import type { Config } from '../config.ts'
import { identityProvider, newAttempt } from '../identity.ts'
import { glanceAt } from '../inspection.ts'
import { whyNotStarted } from '../start-failure.ts'
import { lockFolder } from '../store/sqlite/folder-lock.ts'
import { openSqliteStoreReadOnly } from '../store/sqlite/store.ts'

/** With less than this a meeting's disk will soon be full; bytes. */
const leastSpace = 512 * 1_048_576

/** One thing looked at: what was found, and what to do where it is not as it should be. */
export interface Finding {
  readonly what: string
  /** null: all is well. */
  readonly advice: string | null
}

const well = (what: string): Finding => ({ what, advice: null })
const ill = (what: string, advice: string): Finding => ({ what, advice })

/** Looks at everything that a start needs. Changes nothing but the lock file of the data folder. */
export async function diagnose(
  environment: Readonly<Record<string, string | undefined>>,
  now: number,
): Promise<readonly Finding[]> {
  const findings = [nodeVersion(), builtClient()]
  const read = readConfig(environment)
  if ('problems' in read)
    return [...findings, ...read.problems.map((line) => ill(line, 'correct the variable'))]
  const { config } = read
  const folder = dataFolder(config)
  const isRunning = folder.advice === null && isLocked(config)
  return [
    ...findings,
    folder,
    space(config),
    await port(config, isRunning),
    ...(await database(config, now)),
    address(config),
    ...sample(config),
    ...(await provider(config, now)),
  ]
}

/** A line for each finding. */
export const told = (findings: readonly Finding[]): string =>
  findings
    .map(({ what, advice }) =>
      advice === null ? `ok       ${what}\n` : `PROBLEM  ${what}\n         ${advice}\n`,
    )
    .join('')

function nodeVersion(): Finding {
  const what = `Node.js ${process.versions.node}`
  return Number(process.versions.node.split('.')[0]) >= 24
    ? well(what)
    : ill(what, 'Revmark needs Node.js 24 or later')
}

const builtClient = (): Finding =>
  existsSync(join(clientFolder, 'index.html'))
    ? well('the client is built')
    : ill('the client is not built', 'run "npx -y pnpm@12 build"')

/** The nearest folder that is there: a data folder is made at the first start. */
const standing = (path: string): string => (existsSync(path) ? path : standing(dirname(path)))

function dataFolder({ data }: Config): Finding {
  try {
    if (existsSync(data) && !statSync(data).isDirectory())
      return ill(`${data} is no folder`, 'set DATA to a folder')
    accessSync(standing(data), constants.W_OK | constants.X_OK)
    return well(`the data folder is ${data}`)
  } catch {
    return ill(
      `${data} takes no writes`,
      'let this user write there, or set DATA to another folder',
    )
  }
}

function isLocked({ data }: Config): boolean {
  if (!existsSync(data)) return false
  const lock = lockFolder(data)
  lock?.close()
  return lock === null
}

function space({ data }: Config): Finding {
  const { bavail, bsize } = statfsSync(standing(data))
  const what = `${Math.floor((bavail * bsize) / 1_048_576)} MB free for the database`
  return bavail * bsize >= leastSpace
    ? well(what)
    : ill(what, 'make room before the meeting begins')
}

async function port(config: Config, isRunning: boolean): Promise<Finding> {
  const what = `port ${config.port} on ${config.host}`
  const probe = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject)
      probe.listen(config.port, config.host, resolve)
    })
    return well(`${what} is free`)
  } catch (error) {
    if (isRunning) return well(`${what}: a server is running on this data folder`)
    return ill(`${what} cannot be had`, whyNotStarted(error, config))
  } finally {
    probe.close()
  }
}

async function database(config: Config, now: number): Promise<readonly Finding[]> {
  const path = databasePath(config)
  if (!existsSync(path)) return [well('no database yet: the first start makes one')]
  try {
    const store = openSqliteStoreReadOnly(path)
    try {
      const drafts = await store.drafts.all()
      const damaged: Finding[] = []
      for (const { id } of drafts)
        await glanceAt(store, id).catch((error: unknown) =>
          damaged.push(
            ill(`draft ${id}: ${String(error)}`, 'run "revmark fsck", restore a backup'),
          ),
        )
      const isLate = statSync(path).mtimeMs > now + 60_000
      return [
        well(`the database has ${drafts.length} drafts`),
        ...damaged,
        ...(isLate
          ? [ill('the clock is behind the database', 'set the clock of this machine')]
          : []),
      ]
    } finally {
      await store.close()
    }
  } catch (error) {
    return [ill(`the database ${path} cannot be read`, whyNotStarted(error, config))]
  }
}

/** Who is reached from outside by an address of its own is no trial. */
const sample = ({ sample, publicUrl }: Config): readonly Finding[] =>
  sample && publicUrl?.startsWith('https:')
    ? [ill('the sample meeting is made, and its links are printed', 'set SAMPLE=off')]
    : []

function address({ publicUrl, host }: Config): Finding {
  if (publicUrl?.startsWith('https:')) return well(`people come by ${publicUrl}`)
  const isOwn = host === '127.0.0.1' || host === '::1' || host === 'localhost'
  if (publicUrl === null && isOwn) return well('only this machine can reach the server')
  return ill(
    `people come by ${publicUrl ?? `http on ${host}`}, so that anybody on the way can read along`,
    'put a reverse proxy with TLS in front and set PUBLIC_URL to its https address',
  )
}

/** Whether the identity provider, where there is one, is what its address says. */
async function provider({ identity, publicUrl }: Config, now: number): Promise<readonly Finding[]> {
  if (!identity || publicUrl === null) return []
  const { issuer } = identity
  try {
    await identityProvider(identity, publicUrl, () => now).begin(newAttempt())
    return [well(`people sign in at ${issuer}`)]
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return [ill(`the identity provider ${issuer} does not answer: ${why}`, 'correct OIDC_ISSUER')]
  }
}
