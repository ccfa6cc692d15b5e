/** The server's beginning: the only place, beside the command line, that reads the environment. */
import { fstatSync, mkdirSync } from 'node:fs'
import { loadContributions, loadCorpus } from '@revmark/corpus'
import { pino } from 'pino'
import { clientFolder, databasePath, readConfig } from './config.ts'
import { inviteAtStart, isJournal, startBlock } from './invite.ts'
import { fillWithSample, samplePeople } from './sample.ts'
import { dice } from './secret.ts'
import { startServer } from './server.ts'
import { whyNotStarted } from './start-failure.ts'
import { lockFolder } from './store/sqlite/folder-lock.ts'
import { openSqliteStore } from './store/sqlite/store.ts'

/** How long a stop may take before it is forced; milliseconds. */
const stopDeadline = 10_000

const read = readConfig(process.env)
if ('problems' in read) {
  console.error(`Revmark cannot start:\n${read.problems.map((line) => `  ${line}`).join('\n')}`)
  process.exit(2)
}
const { config } = read
const now = (): number => Date.now()
// Lines for programs go to stderr; stdout is for the person who starts the server.
const log = pino({ level: config.log }, pino.destination({ dest: 2, sync: true }))

try {
  mkdirSync(config.data, { recursive: true })
  const lock = lockFolder(config.data)
  if (!lock)
    throw new Error(
      `another Revmark works with ${config.data}. Stop it, or set DATA to another folder.`,
    )
  const store = openSqliteStore(databasePath(config), config)
  const corpus = loadCorpus()
  const contributions = loadContributions(corpus)
  if (config.sample) await fillWithSample(store, corpus, contributions, now())
  const texts = { corpus, contributions }
  const server = await startServer({ ...config, ...texts, store, dice, log, now, clientFolder })
  // Whoever may read the journal may not therefore take every seat.
  const invited = config.sample && !isJournal(process.env['JOURNAL_STREAM'], fstatSync(1))
  const invitations = await inviteAtStart({ store, dice, now }, invited ? samplePeople : [])
  let stopping = false
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping')
    setTimeout(() => {
      log.error('stopping took too long')
      process.exit(1)
    }, stopDeadline).unref()
    await server.close()
    await store.close()
    lock.close()
    log.info('stopped')
    process.exit(0)
  }
  process.on('SIGTERM', (signal) => void stop(signal))
  process.on('SIGINT', (signal) => void stop(signal))

  // Whoever has read this may end the process at once.
  process.stdout.write(startBlock(server.url, invitations))
  log.info({ port: server.port, data: config.data }, 'started')
} catch (error) {
  log.fatal({ err: error }, 'the server cannot start')
  console.error(`Revmark cannot start: ${whyNotStarted(error, config)}`)
  process.exit(1)
}
