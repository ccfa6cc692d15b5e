/** Word files sent in: taken as the delegation's changes, kept, handed out again, or refused whole. */
import { loadContributions, loadCorpus } from '@revmark/corpus'
import { limits } from '@revmark/shared/docx'
import { largestFile, wordExportSchema } from '@revmark/shared/wire'
import type { Attachment, Imported } from '@revmark/shared/wire'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import type { Zippable } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportReadable, textOf } from '../src/export.ts'
import { readContribution } from '../src/readable.ts'
import { hashOf } from '../src/secret.ts'
import { WordReader } from '../src/word/word-reader.ts'
import { exportWord } from '../src/word/writing.ts'
import { Browser, startTestServer } from './running.ts'
import type { TestServer } from './running.ts'

const corpus = loadCorpus()
const edition = corpus.find('res45-dubai-2014')!
const contribution = loadContributions(corpus).find('res45-brazil-2017')!
/** Without its first page, whose tables no draft holds. */
const brazil = { ...readContribution(contribution, corpus), frame: null }
const file = exportReadable(brazil, 'marked', 'docx', Date.UTC(2017, 9, 9)).bytes
const untouched = exportReadable(brazil, 'base', 'docx', 0).bytes

/** A file with other words in its document. */
function edited(bytes: Uint8Array, change: (xml: string) => string): Uint8Array<ArrayBuffer> {
  const parts = unzipSync(bytes)
  parts['word/document.xml'] = strToU8(change(strFromU8(parts['word/document.xml']!)))
  return zipSync(parts)
}

let server: TestServer
let browser: Browser

beforeAll(async () => {
  server = await startTestServer()
  const person = { id: 'sec', name: 'Secretariat', role: 'secretariat', delegation: null } as const
  await server.store.people.add({ ...person, meeting: 'wtdc-17' })
  const link = {
    hash: hashOf('s'.repeat(43)),
    person: 'sec',
    purpose: 'invitation',
    at: 0,
    uses: null,
  } as const
  await server.store.links.add({ ...link, expires: Date.now() + 60_000 })
  browser = new Browser(server.url)
  for (const name of ['brazil', 'canada', 'chair', 'observer'])
    await browser.join(server.tokenOf(name))
  await browser.join('s'.repeat(43))
})

afterAll(() => server.close())

const send = (
  place: string,
  seat: string,
  body: Uint8Array<ArrayBuffer>,
  query: Record<string, string> = {},
): Promise<Response> => {
  const search = new URLSearchParams({ name: 'b.docx', differences: 'take', ...query }).toString()
  return browser.request(`/api/${place}/contributions?${search}`, { method: 'POST', body, seat })
}

const taken = async (response: Response): Promise<Imported> => {
  expect([200, 201]).toContain(response.status)
  return (await response.json()) as Imported
}

const refused = async (response: Response): Promise<[number, string, string]> => {
  const { error } = (await response.json()) as {
    error: { code: string; message: string; details?: { reason?: string } }
  }
  expect(error.message).toMatch(/\S \S/)
  return [response.status, error.code, error.details?.reason ?? '']
}

const newDraft = async (): Promise<string> => {
  const made = await taken(await send('meetings/wtdc-17', 'brazil', untouched))
  return made.draft!
}

const attachmentsOf = async (draft: string): Promise<Attachment[]> => {
  const response = await browser.request(`/api/drafts/${draft}/attachments`, { seat: 'brazil' })
  return ((await response.json()) as { attachments: Attachment[] }).attachments
}

const markedText = async (draft: string): Promise<string> =>
  (await browser.request(`/api/drafts/${draft}/export?format=txt`, { seat: 'observer' })).text()

describe('a contribution in Word', () => {
  test('becomes the changes of who sends it, and stays attached as it was', async () => {
    const { draft, attachment, report } = await taken(
      await send('drafts/res45', 'brazil', file, { name: 'Contribución “B”.docx' }),
    )
    expect(draft).toBe('res45')
    expect(await markedText('res45')).toBe(textOf(brazil, 'marked'))
    expect(report.changes).toHaveLength(brazil.ledger.changes().length)
    expect(report).toMatchObject({
      edition: edition.id,
      text: 1,
      differences: [],
      left: [],
      signed: [{ author: 'Brazil', date: '2017-10-09T00:00:00Z', isUtc: true }],
    })
    const log = await server.store.log.read('res45')
    expect(log.map(({ kind, user }) => [kind, user])).toEqual([
      ['base', 'server'],
      // Who signed the file's revisions, then whose the client id is.
      ['person', 'brazil'],
      ['person', 'brazil'],
      ['edit', 'brazil'],
    ])
    const kept = await attachmentsOf('res45')
    expect(kept).toMatchObject([{ id: attachment, user: 'brazil', delegation: 'B', report }])
    const again = await browser.request(`/api/drafts/res45/attachments/${attachment}`, {
      seat: 'canada',
    })
    expect(new Uint8Array(await again.arrayBuffer())).toEqual(file)
    expect(again.headers.get('content-disposition')).toBe(
      `attachment; filename="Contribuci_n _B_.docx"; filename*=UTF-8''Contribuci%C3%B3n%20%E2%80%9CB%E2%80%9D.docx`,
    )
  })

  test('joins those of others in one draft, each in its delegation’s name', async () => {
    const draft = await newDraft()
    await taken(await send(`drafts/${draft}`, 'brazil', file))
    await taken(await send(`drafts/${draft}`, 'canada', file))
    const text = edited(untouched, (xml) => xml.replace('recalling', 'recalls'))
    await taken(await send(`drafts/${draft}`, 'sec', text, { delegation: 'EGY' }))
    const history = await browser.request(`/api/drafts/${draft}/export?format=docx`, {
      seat: 'observer',
    })
    const xml = strFromU8(
      unzipSync(new Uint8Array(await history.arrayBuffer()))['word/document.xml']!,
    )
    const signers = new Set([...xml.matchAll(/w:author="([^"]*)"/g)].map(([, name]) => name))
    expect(signers).toEqual(new Set(['Brazil', 'Canada', 'Egypt']))
    expect((await attachmentsOf(draft)).map(({ delegation }) => delegation)).toEqual([
      'B',
      'B',
      'CAN',
      'EGY',
    ])
    const log = await server.store.log.read(draft)
    expect(log.filter(({ kind }) => kind === 'edit').map(({ user }) => user)).toEqual([
      'brazil',
      'canada',
      'sec',
    ])
  })

  test('F3: keeps who signed a revision and when, and goes out again with that', async () => {
    const draft = await newDraft()
    const signatures = [
      'w:author="Ana Lima" w:date="2017-09-25T16:22:00Z"',
      'w:author="Ana Lima" w:date="2017-09-25T16:22:00Z" w16du:dateUtc="2017-09-25T23:22:00Z"',
      'w:author="Author"',
    ]
    let nth = 0
    const signed = edited(file, (xml) =>
      xml.replace(/w:author="Brazil" w:date="[^"]*" w16du:dateUtc="[^"]*"/g, (own) =>
        nth < signatures.length ? signatures[nth++]! : own,
      ),
    )
    await taken(await send(`drafts/${draft}`, 'brazil', signed))
    const response = await browser.post(
      `/api/drafts/${draft}/word`,
      { view: 'marked', persons: 'named' },
      'brazil',
    )
    expect(response.status).toBe(200)
    const parts = unzipSync(new Uint8Array(await response.arrayBuffer()))
    const xml = strFromU8(parts['word/document.xml']!)
    expect([...xml.matchAll(/w:id="[123]" ([^>/]*)/g)].map(([, own]) => own)).toEqual([
      'w:author="Brazil" w:date="2017-09-25T16:22:00Z"',
      'w:author="Brazil" w:date="2017-09-25T23:22:00Z" w16du:dateUtc="2017-09-25T23:22:00Z"',
      'w:author="Brazil"',
    ])
    expect(strFromU8(parts['docProps/custom.xml']!)).toContain('1-2: Ana Lima; 3: Author')
  })

  test('F4: that suppresses the text is told as such, attached, and changes nothing', async () => {
    const draft = await newDraft()
    const made = (symbol: string) => {
      const frame = { symbol, identifier: 'B/24/1', reasons: 'Done.' }
      return exportWord(brazil, wordExportSchema.parse({ view: 'marked', frame }), 0).bytes
    }
    const suppressed = made('SUP')
    const before = await markedText(draft)
    const trial = await taken(await send(`drafts/${draft}`, 'brazil', suppressed, { trial: 'yes' }))
    expect(trial.report).toMatchObject({
      whole: { symbol: 'SUP', identifier: 'B/24/1' },
      changes: [],
      differences: [],
      reasons: 'Done.',
    })
    await taken(await send(`drafts/${draft}`, 'brazil', suppressed))
    expect(await attachmentsOf(draft)).toHaveLength(2)
    expect(await markedText(draft)).toBe(before)
    const unknown = edited(made('ADD'), (xml) => xml.replaceAll('RESOLUTION', 'NEW RESOLUTION'))
    expect(await refused(await send('meetings/wtdc-17', 'brazil', unknown))).toEqual([
      422,
      'unknown-edition',
      'no-edition',
    ])
  })

  test('begins a draft of its own, on the edition that it names', async () => {
    const { draft, report } = await taken(await send('meetings/wtdc-17', 'canada', file))
    expect(draft).toMatch(/^res45-dubai-2014-/)
    expect(report.editionName).toBe('Resolution 45 (Rev. Dubai, 2014)')
    expect(await markedText(draft!)).toBe(textOf(brazil, 'marked'))
    const other = edited(file, (xml) => xml.replace('RESOLUTION ', 'RESOLUTION 9'))
    expect(await refused(await send('meetings/wtdc-17', 'canada', other))).toEqual([
      422,
      'unknown-edition',
      'no-edition',
    ])
    const named = await send('meetings/wtdc-17', 'canada', other, { edition: edition.id })
    expect((await taken(named)).report.edition).toBe(edition.id)
  })

  test('is only looked at in a trial', async () => {
    const draft = await newDraft()
    const before = await server.store.log.read(draft)
    const trial = await taken(await send(`drafts/${draft}`, 'brazil', file, { trial: 'yes' }))
    expect(trial).toMatchObject({ draft: null, attachment: null, before: null })
    const same = await taken(await send(`drafts/${draft}`, 'brazil', untouched, { trial: 'yes' }))
    expect(same.before).toBe((await attachmentsOf(draft))[0]!.at)
    expect(trial.report.changes).toHaveLength(brazil.ledger.changes().length)
    expect(await server.store.log.read(draft)).toHaveLength(before.length)
    expect(await attachmentsOf(draft)).toHaveLength(1)
    const drafts = (await server.store.drafts.all()).length
    await taken(await send('meetings/wtdc-17', 'brazil', file, { trial: 'yes' }))
    expect(await server.store.drafts.all()).toHaveLength(drafts)
  })

  test('with words that differ without a mark: they are told, and taken only if asked for', async () => {
    const other = edited(file, (xml) => xml.replace('Mechanisms for', 'Instruments for'))
    const difference = { paragraph: 2, file: expect.stringMatching(/^Instruments for/) as string }
    for (const differences of ['leave', 'take'] as const) {
      const draft = await newDraft()
      const { report } = await taken(
        await send(`drafts/${draft}`, 'brazil', other, { differences }),
      )
      expect(report.differences).toMatchObject([difference])
      expect(report.tookDifferences).toBe(differences === 'take')
      const marked = textOf(brazil, 'marked')
      expect(await markedText(draft)).toBe(
        differences === 'leave'
          ? marked
          : marked.replace('Mechanisms for', '{--Mechanisms--}{++Instruments++} for'),
      )
    }
  })

  test('is taken from delegates and the secretariat only', async () => {
    for (const seat of ['chair', 'observer'])
      expect(await refused(await send('drafts/res45', seat, file))).toEqual([403, 'wrong-role', ''])
    for (const query of [{}, { delegation: 'XYZ' }])
      expect(await refused(await send('drafts/res45', 'sec', file, query))).toEqual([
        400,
        'invalid-request',
        '',
      ])
    expect((await refused(await send('drafts/none', 'brazil', file)))[1]).toBe('unknown-draft')
  })
})

/** A file with parts added or, where null, taken away. */
function withParts(changes: Record<string, string | null>): Uint8Array<ArrayBuffer> {
  const parts: Zippable = unzipSync(file)
  for (const [name, content] of Object.entries(changes))
    if (content === null) delete parts[name]
    else parts[name] = strToU8(content)
  return zipSync(parts)
}

describe('what is no file of Word that can be taken', () => {
  const types = strFromU8(unzipSync(file)['[Content_Types].xml']!)
  const relations = strFromU8(unzipSync(file)['_rels/.rels']!)
  const inside = 'Target="word/document.xml"'
  const outside = 'Target="http://localhost/document.xml" TargetMode="External"'
  const compound = (name: string): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(
      [
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
        Array.from({ length: 600 }, () => 0),
        Array.from(name, (letter) => [letter.charCodeAt(0), 0]).flat(),
      ].flat(),
    )
  /** The file with another number in a record of its directory: honest ones are tried in `shared`. */
  const claiming = (signature: number, offset: number, number: number) => {
    const copy = file.slice()
    const view = new DataView(copy.buffer)
    for (let at = 0; at + 22 <= copy.length; at++)
      if (view.getUint32(at, true) === signature) view.setUint32(at + offset, number, true)
    return copy
  }
  const bad: [string, () => Uint8Array<ArrayBuffer>, string][] = [
    ['not a zip', () => strToU8('words'), 'not-zip'],
    ['a bomb', () => claiming(0x02014b50, 24, 1 << 30), 'too-large'],
    ['10,000 entries', () => claiming(0x06054b50, 10, 10_000), 'too-many-entries'],
    ['a DOCTYPE', () => edited(file, (xml) => xml.replace('?>', '?><!DOCTYPE x>')), 'doctype'],
    [
      'a document elsewhere',
      () => withParts({ '_rels/.rels': relations.replace(inside, outside) }),
      'external',
    ],
    ['without its document', () => withParts({ 'word/document.xml': null }), 'missing-part'],
    ['encrypted', () => compound('EncryptedPackage'), 'encrypted'],
    ['.doc renamed', () => compound('WordDocument'), 'word-97'],
    [
      'with macros',
      () =>
        withParts({
          '[Content_Types].xml': types.replace(
            'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
            'application/vnd.ms-word.document.macroEnabled.main+xml',
          ),
          'word/vbaProject.bin': 'x',
        }),
      'macros',
    ],
  ]
  test.each(bad)(
    '%s is refused by its reason, and nothing of it is kept',
    async (_name, make, why) => {
      const draft = await newDraft()
      const before = await server.store.log.read(draft)
      const answer = await refused(await send(`drafts/${draft}`, 'brazil', make()))
      expect(answer).toEqual([422, 'unreadable-file', why])
      expect(await server.store.log.read(draft)).toHaveLength(before.length)
      expect(await attachmentsOf(draft)).toHaveLength(1)
    },
  )

  test('100 MB are refused by their length alone', async () => {
    const response = await send('drafts/res45', 'brazil', new Uint8Array(100 * 1024 * 1024))
    expect(await refused(response)).toEqual([413, 'too-large', ''])
    expect(largestFile).toBe(limits.file)
  })
})

test('L10: the labels of a file are compared with those of the draft that it comes into', async () => {
  const begun = await browser.post(
    '/api/meetings/wtdc-17/drafts',
    { edition: edition.id, numbering: 'bis' },
    'chair',
  )
  const { id } = (await begun.json()) as { id: string }
  for (const trial of ['yes', 'no']) {
    const { report } = await taken(await send(`drafts/${id}`, 'brazil', file, { trial }))
    expect(report.labels[0]).toMatchObject({ file: 'b)', draft: 'a bis)' })
  }
  const { report } = await taken(await send(`drafts/${await newDraft()}`, 'brazil', file))
  expect(report.labels).not.toContainEqual(expect.objectContaining({ draft: 'a bis)' }))
})

describe('the reader of Word files', () => {
  const hand = { client: 1001, user: 'u', delegation: 'B' }
  const task = {
    editions: [edition],
    text: 1,
    hand,
    takesDifferences: true,
    numbering: 'renumber' as const,
  }
  const words = '<w:ins w:id="1"><w:r><w:t>a</w:t></w:r></w:ins><w:r><w:t>b</w:t></w:r>'
  const paragraphs = `<w:p>${words.repeat(5)}</w:p>`.repeat(60_000)
  const large = edited(file, (xml) => xml.replace('<w:sectPr>', `${paragraphs}<w:sectPr>`))

  test('gives up a file that takes too much memory, and goes on with the next', async () => {
    const reader = new WordReader({ heap: 64, time: 30_000 })
    const first = reader.take({ ...task, bytes: large })
    const second = reader.take({ ...task, bytes: file })
    const message = 'The file is too much to read: it takes more than 64 MB of memory.'
    expect(await first).toEqual({ reason: 'too-large', message })
    expect(await second).toMatchObject({ edition: edition.id })
    await reader.close()
  })

  test('gives up a file that takes too much time', async () => {
    // No thread has even begun by then.
    const reader = new WordReader({ heap: 512, time: 1 })
    const message = 'The file is too much to read: it takes more than 0.001 s.'
    expect(await reader.take({ ...task, bytes: file })).toEqual({ reason: 'too-large', message })
    expect(await reader.take({ ...task, bytes: file })).toMatchObject({ reason: 'too-large' })
    await reader.close()
  })

  test('holds so many files and no more', async () => {
    const reader = new WordReader()
    const { promise, resolve } = Promise.withResolvers<void>()
    const held = Array.from({ length: 6 }, () => reader.hold(() => promise))
    await expect(reader.hold(() => promise)).rejects.toThrow('6 files are held')
    resolve()
    await Promise.all(held)
    await reader.hold(() => promise)
    await reader.close()
  })
})
