/** A real meeting: made on the command line, without the sample and without a secret in a log. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fstatSync, openSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { UsageError, readArguments } from '../src/cli/arguments.ts'
import { revmark } from '../src/cli/revmark.ts'
import { isJournal } from '../src/invite.ts'
import { Browser, startTestServer } from './running.ts'

let data: string

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'revmark-meeting-'))
})

afterEach(() => rm(data, { recursive: true }))

/** What the command prints; rejects with what it complains about. */
const run = async (...args: string[]): Promise<string> => {
  let out = ''
  let err = ''
  const code = await revmark(args, {
    data,
    environment: { DATA: data, PUBLIC_URL: 'https://meeting.example.org' },
    now: () => Date.now(),
    print: (text) => (out += text),
    complain: (text) => (err += text),
  })
  if (code !== 0) throw new Error(err)
  return out
}

const wtsa = [
  'wtsa-28',
  '--title',
  'WTSA-28',
  '--delegation',
  'B=Brazil',
  '--delegation',
  'J=Japan',
]
const tokenIn = (text: string): string =>
  /https:\/\/meeting\.example\.org\/join#(\S+)/.exec(text)![1]!

test('is begun beside the server; its secretariat comes in by the link and lets others in', async () => {
  const server = await startTestServer(null, data)
  const printed = await run('meeting', ...wtsa)
  const browser = new Browser(server.url)
  const seat = await browser.join(tokenIn(printed))
  expect(seat).toMatchObject({ role: 'secretariat', delegation: null, meeting: 'wtsa-28' })
  const person = { name: 'Ana', role: 'delegate', delegation: 'J' }
  expect((await browser.post('/api/meetings/wtsa-28/people', person, seat.id)).status).toBe(201)
  // For one browser only, and nothing of it is in the log.
  await expect(new Browser(server.url).join(tokenIn(printed))).rejects.toThrow('link-used')
  expect(JSON.stringify(server.logged)).not.toContain(tokenIn(printed))
  const again = new Browser(server.url)
  expect(await again.join(tokenIn(await run('link', 'wtsa-28')))).toEqual(seat)
  await server.close()
})

test('is not begun twice, and no link leads where there is no meeting', async () => {
  await run('meeting', ...wtsa)
  await expect(run('meeting', ...wtsa)).rejects.toThrow('there is a meeting wtsa-28')
  await expect(run('link', 'wtdc-17')).rejects.toThrow('there is no meeting wtdc-17')
})

describe('the arguments of revmark meeting', () => {
  test.each([
    [['meeting', 'WTSA', '--title', 'x', '--delegation', 'B=Brazil'], 'one ID of small letters'],
    [['meeting', 'wtsa', '--delegation', 'B=Brazil'], 'needs --title'],
    [['meeting', 'wtsa', '--title', 'x'], 'needs a --delegation'],
    [['meeting', 'wtsa', '--title', 'x', '--delegation', 'Brazil'], 'not "Brazil"'],
    [['meeting', 'wtsa', '--title', 'x', '--delegation', 'B=a', '--delegation', 'B=b'], 'one code'],
    [['link'], 'link needs an ID'],
  ])('%j: %s', (args, message) => {
    expect(() => readArguments(args)).toThrow(UsageError)
    expect(() => readArguments(args)).toThrow(message)
  })
})

describe('a start', () => {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

  /** Starts the program with its output in a file, as a journal keeps it; returns what was printed. */
  const printed = async (variables: (file: number) => NodeJS.ProcessEnv): Promise<string> => {
    const path = join(data, 'journal')
    const file = openSync(path, 'w')
    const env = { ...process.env, DATA: join(data, 'store'), PORT: '0', LOG: 'error' }
    const child = spawn(process.execPath, [main], {
      env: { ...env, ...variables(file) },
      stdio: ['ignore', file, 'inherit'],
    })
    const exit = once(child, 'exit')
    await vi.waitFor(
      async () => expect(await readFile(path, 'utf8')).toMatch(/Revmark is at .*\n\n/),
      {
        timeout: 20_000,
        interval: 50,
      },
    )
    child.kill('SIGTERM')
    await exit
    return readFile(path, 'utf8')
  }

  test('with SAMPLE=off has no meeting and prints no link', async () => {
    const text = await printed(() => ({ SAMPLE: 'off' }))
    expect(text).not.toContain('#')
    expect(text).toContain('"revmark meeting" begins a meeting')
    expect(await run('list')).not.toMatch(/ draft /)
  })

  test('into the journal of systemd prints no link, whatever SAMPLE says', async () => {
    const text = await printed((file) => {
      const { dev, ino } = fstatSync(file)
      return { SAMPLE: 'on', JOURNAL_STREAM: `${dev}:${ino}` }
    })
    expect(text).not.toContain('#')
    expect(isJournal('8:12', { dev: 8, ino: 13 })).toBe(false)
    expect(isJournal(undefined, { dev: 8, ino: 12 })).toBe(false)
  })
})
