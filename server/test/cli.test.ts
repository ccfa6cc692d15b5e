import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadCorpus } from '@revmark/corpus'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UsageError, readArguments } from '../src/cli/arguments.ts'
import { revmark as run } from '../src/cli/revmark.ts'
import { openSqliteStoreReadOnly } from '../src/store/sqlite/store.ts'
import { startProcess } from './process.ts'
import type { ServerProcess } from './process.ts'
import { Browser, Editor } from './running.ts'
import { typeInto } from './stage.ts'

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))

let folder: string
let server: ServerProcess

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Calls the command line in this process. */
const revmark = async (args: readonly string[], data = join(folder, 'data')): Promise<Ended> => {
  let out = ''
  let err = ''
  const code = await run(args, {
    data,
    environment: { DATA: data },
    now: () => Date.now(),
    print: (text) => (out += text),
    complain: (text) => (err += text),
  })
  return { code, out, err }
}

/** Calls it as a process of its own, as a person does. */
const spawned = (args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { ...process.env, DATA: join(folder, 'data') }
    execFile(process.execPath, [main, ...args], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })

// The server runs all the time: the command line reads beside it.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'revmark-cli-'))
  server = await startProcess(join(folder, 'data'))
  const browser = new Browser(server.url)
  const seat = await browser.join(server.links.get('Delegate of Brazil')!)
  const client = await browser.issueClient('res45', seat.id)
  const editor = new Editor(browser, 'res45', seat.id, client)
  await editor.synced()
  const acknowledged = new Promise<void>((resolve) => {
    const heard = editor.provider.messageHandlers[100]!
    editor.provider.messageHandlers[100] = (...args) => {
      heard(...args)
      if (editor.acked === 2) resolve()
    }
  })
  typeInto(editor.ydoc, seat, 0, ' [Brazil]', editor.outbox)
  await acknowledged
  editor.destroy()
}, 30_000)

afterAll(async () => {
  await server.end('SIGTERM')
  await rm(folder, { recursive: true })
})

describe('revmark list', () => {
  test('shows the editions and the drafts', async () => {
    const { code, out, err } = await revmark(['list'])
    expect(await spawned(['list'])).toEqual({ code, out, err })
    expect(code).toBe(0)
    expect(out).toMatch(/^res45-dubai-2014 +edition +Resolution 45 \(Rev\. Dubai, 2014\)$/m)
    expect(out).toMatch(/^res45 +draft +Resolution 45 \(Rev\. Dubai, 2014\)$/m)
  })

  test('shows the editions where there is no store', async () => {
    const { code, out } = await revmark(['list'], join(folder, 'nowhere'))
    expect(code).toBe(0)
    expect(out).toContain('res45-dubai-2014')
    expect(out).not.toContain('draft')
  })
})

describe('revmark compare and outcome', () => {
  test('write the second edition as marks on the first', async () => {
    const ids = ['res45-dubai-2014', 'res45-kigali-2022']
    const { code, out } = await revmark(['compare', ...ids])
    expect(code).toBe(0)
    expect(out).toMatch(/^RESOLUTION 45 \(Rev\. \{--Dubai--\}\{\+\+Kigali\+\+\}, /)
    const file = join(folder, 'compared.docx')
    expect(await revmark(['compare', ...ids, '--format', 'docx', '-o', file])).toMatchObject({
      code: 0,
      out: '',
    })
    expect(Object.keys(unzipSync(await readFile(file)))).toContain('word/document.xml')
  })

  test('tell what became of each change', async () => {
    const { code, out } = await revmark(['outcome', 'res45-brazil-2017', 'res45-kigali-2022'])
    expect(code).toBe(0)
    expect(out).toMatch(/^8 taken over, 6 in other words, 31 not taken over in Resolution 45/)
  })
})

describe('revmark text', () => {
  test('gives an edition whole, a paragraph a line, label TAB text', async () => {
    const { code, out } = await revmark(['text', 'res45-dubai-2014'])
    expect(code).toBe(0)
    const { provisions } = loadCorpus().find('res45-dubai-2014')!
    const lines = provisions.map(({ label, text }) => (label === null ? text : `${label}\t${text}`))
    expect(out).toBe(`${lines.join('\n')}\n`)
  })

  test('gives a draft as marked, or in the view asked for', async () => {
    const first = async (...more: string[]): Promise<string | undefined> =>
      (await revmark(['text', 'res45', ...more])).out.split('\n')[0]
    expect(await first()).toBe('RESOLUTION 45 (Rev. Dubai, 2014){++ [Brazil]++}')
    expect(await first('--view', 'clean')).toBe('RESOLUTION 45 (Rev. Dubai, 2014) [Brazil]')
    expect(await first('--view', 'base')).toBe('RESOLUTION 45 (Rev. Dubai, 2014)')
    expect(await first('--view', 'accepted')).toBe('RESOLUTION 45 (Rev. Dubai, 2014)')
  })

  test('A7: stands in the record of the meeting, and of an edition does not', async () => {
    const recorded = async () => {
      const store = openSqliteStoreReadOnly(join(folder, 'data', 'revmark.sqlite'))
      const entries = await store.audit.all('wtdc-17')
      await store.close()
      return entries
    }
    const before = (await recorded()).length
    await revmark(['text', 'res45-dubai-2014'])
    const { err } = await revmark(['text', 'res45', '--view', 'clean'])
    expect(err).toBe('')
    const details = { format: 'txt', view: 'clean' }
    expect((await recorded()).slice(before)).toMatchObject([
      { act: 'exported', person: null, draft: 'res45', details },
    ])
  })

  test('puts a cover before it only where it is asked to', async () => {
    const plain = await revmark(['text', 'res45-dubai-2014'])
    const covered = await revmark(['text', 'res45-dubai-2014', '--cover'])
    expect(covered.out.length).toBeGreaterThan(plain.out.length)
    expect(covered.out.endsWith(plain.out)).toBe(true)
  })
})

describe('revmark export', () => {
  test('writes a Word file or a text', async () => {
    const docx = join(folder, 'res45.docx')
    const word = await revmark(['export', 'res45', '--format', 'docx', '-o', docx])
    expect(word).toEqual({ code: 0, out: '', err: '' })
    const parts = unzipSync(await readFile(docx))
    const body = new TextDecoder().decode(parts['word/document.xml'])
    expect(body).toMatch(/<w:ins [^>]*>/)
    expect(body).toContain('[Brazil]')
    const txt = join(folder, 'res45.txt')
    const text = ['export', 'res45', '--format', 'txt', '--view', 'clean', '-o', txt]
    expect((await revmark(text)).code).toBe(0)
    expect(await readFile(txt, 'utf8')).toContain('RESOLUTION 45 (Rev. Dubai, 2014) [Brazil]\n')
  })

  test('says where it cannot write', async () => {
    const file = join(folder, 'no', 'such', 'folder.txt')
    const { code, err } = await revmark(['export', 'res45', '--format', 'txt', '-o', file])
    expect(code).toBe(1)
    expect(err).toContain(`${file} cannot be written`)
  })
})

describe('what is not understood', () => {
  test.each([
    [[], 'a command is missing'],
    [['paint'], 'there is no command paint'],
    [['text'], 'text needs an ID'],
    [['text', 'a', 'b'], 'takes one ID'],
    [['text', 'res45', '--view', 'red'], '--view takes base, marked, clean, accepted, not "red"'],
    [['text', 'res45', '--colour'], "Unknown option '--colour'"],
    [
      ['export', 'res45', '--format', 'odt', '-o', 'x'],
      '--format takes docx, pdf, html, xml, txt, not "odt"',
    ],
    [['export', 'res45', '-o', 'x'], '--format takes docx, pdf'],
    [['export', 'res45', '--format', 'txt'], 'export needs -o FILE'],
    [['list', 'res45'], 'list takes no ID'],
    [['compare', 'res45-dubai-2014'], 'compare takes two IDs'],
    [['compare', 'a', 'b', '--format', 'docx'], 'compare needs -o FILE for docx'],
    [['outcome', 'a', 'b', 'c'], 'outcome takes two IDs'],
  ])('%j: %s', (args, message) => {
    expect(() => readArguments(args)).toThrow(UsageError)
    expect(() => readArguments(args)).toThrow(message)
  })

  test('ends with 2 and the usage', async () => {
    const { code, out, err } = await revmark(['text', 'res45', '--colour'])
    expect(await spawned(['text', 'res45', '--colour'])).toEqual({ code, out, err })
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(/^revmark: .*--colour/)
    expect(err).toContain('usage:')
  })

  test('an unknown ID ends with 1 and says what to do', async () => {
    const { code, err } = await revmark(['text', 'res99'])
    expect(code).toBe(1)
    expect(err).toBe(
      'revmark: there is no edition, contribution or draft res99; "revmark list" shows them\n',
    )
  })

  test('does not include a call for help', () => {
    for (const args of [['help'], ['--help'], ['-h']])
      expect(readArguments(args)).toEqual({ name: 'help' })
  })
})
