import { loadCorpus } from '@revmark/corpus'
import { Ledger, provisionsOf } from '@revmark/shared/ledger'
import { fingerprint } from '@revmark/shared/resolution'
import { comparedDelegation } from '@revmark/shared/wire'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { Browser, failureOf, startTestServer } from './running.ts'
import type { TestServer } from './running.ts'

const corpus = loadCorpus()
let server: TestServer
let chair: Browser

beforeAll(async () => {
  server = await startTestServer()
  chair = new Browser(server.url)
  await chair.join(server.tokenOf('chair'))
})

afterAll(() => server.close())

async function ledgerAt(path: string): Promise<Ledger> {
  const response = await chair.request(path)
  expect(response.status).toBe(200)
  const ydoc = new Y.Doc({ gc: false })
  Y.applyUpdate(ydoc, new Uint8Array(await response.arrayBuffer()))
  return new Ledger(ydoc)
}

const fingerprintOf = (ledger: Ledger, view: 'base' | 'clean') =>
  fingerprint(provisionsOf(ledger.project(view)))

describe('the library', () => {
  test('lists editions and contributions, to who is signed in', async () => {
    const answer = (await (await chair.request('/api/editions')).json()) as {
      editions: { id: string; year: number }[]
      contributions: { id: string; edition: string }[]
    }
    expect(answer.editions.map(({ id }) => id)).toEqual(corpus.editions.map(({ id }) => id))
    expect(answer.contributions).toContainEqual(
      expect.objectContaining({ id: 'res45-brazil-2017', edition: 'res45-dubai-2014' }),
    )
    const stranger = await new Browser(server.url).request('/api/editions')
    expect(await failureOf(stranger)).toEqual([401, 'signed-out'])
  })

  test('gives an edition as a document whose base it is', async () => {
    const ledger = await ledgerAt('/api/library/res45-doha-2006/state')
    expect(fingerprintOf(ledger, 'base')).toBe(corpus.find('res45-doha-2006')!.hash)
    expect(ledger.changes()).toEqual([])
  })

  test("gives Brazil's contribution as Brazil's marks on the Dubai edition", async () => {
    const ledger = await ledgerAt('/api/library/res45-brazil-2017/state')
    expect(fingerprintOf(ledger, 'base')).toBe(corpus.find('res45-dubai-2014')!.hash)
    expect(new Set(ledger.changes().map(({ delegation }) => delegation))).toEqual(new Set(['B']))
  })

  test('compares two editions', async () => {
    const ledger = await ledgerAt('/api/library/res45-dubai-2014/compared/res45-kigali-2022/state')
    expect(fingerprintOf(ledger, 'base')).toBe(corpus.find('res45-dubai-2014')!.hash)
    expect(ledger.changes().length).toBeGreaterThan(50)
    expect(ledger.changes().every(({ delegation }) => delegation === comparedDelegation)).toBe(true)
  })

  test('tells what became of a contribution', async () => {
    const answer = await chair.request('/api/library/res45-brazil-2017/outcome/res45-kigali-2022')
    const { rows } = (await answer.json()) as { rows: { result: string }[] }
    expect(rows.filter(({ result }) => result === 'taken over')).toHaveLength(8)
  })

  test('exports a text and a comparison', async () => {
    const text = await chair.request('/api/library/res45-dubai-2014/export?format=txt')
    expect(await text.text()).toMatch(/^RESOLUTION 45 \(Rev\. Dubai, 2014\)\n/)
    const path = '/api/library/res45-dubai-2014/export?format=docx&with=res45-kigali-2022'
    const file = await chair.request(path)
    expect(file.headers.get('content-disposition')).toContain(
      'res45-dubai-2014-res45-kigali-2022-marked.docx',
    )
    expect(new Uint8Array(await file.arrayBuffer()).subarray(0, 2)).toEqual(
      new Uint8Array([0x50, 0x4b]),
    )
  })

  test('says what it does not have, and what makes no sense to ask', async () => {
    for (const path of [
      '/api/library/nothing/state',
      '/api/library/res45-dubai-2014/compared/nothing/state',
      '/api/library/res45-dubai-2014/outcome/res45-kigali-2022',
      '/api/library/res45-brazil-2017/outcome/nothing',
      '/api/library/nothing/export?format=txt',
    ]) {
      expect(await failureOf(await chair.request(path))).toEqual([404, 'unknown-text'])
    }
    for (const path of [
      '/api/library/res45-dubai-2014/compared/res45-dubai-2014/state',
      '/api/library/res45-brazil-2017/compared/res45-kigali-2022/state',
      '/api/library/res45-brazil-2017/outcome/res45-doha-2006',
      '/api/library/res45-brazil-2017/outcome/res130-antalya-2006',
    ]) {
      expect(await failureOf(await chair.request(path))).toEqual([400, 'invalid-request'])
    }
  })
})

describe('a new draft', () => {
  test('is begun by the chair, on an edition', async () => {
    const body = { edition: 'res45-doha-2006' }
    const made = await chair.post('/api/meetings/wtdc-17/drafts', body, 'chair')
    expect(made.status).toBe(201)
    const { id } = (await made.json()) as { id: string }
    const draft = await chair.request(`/api/drafts/${id}`, { seat: 'chair' })
    expect(await draft.json()).toMatchObject({
      edition: 'res45-doha-2006',
      baseHash: corpus.find('res45-doha-2006')!.hash,
    })
  })

  test('begins with the marks of a comparison, which the chair then decides', async () => {
    const body = { edition: 'res45-dubai-2014', compared: 'res45-kigali-2022' }
    const made = await chair.post('/api/meetings/wtdc-17/drafts', body, 'chair')
    const { id } = (await made.json()) as { id: string }
    const path = `/api/drafts/${id}/export?format=txt&view=clean`
    const text = await (await chair.request(path, { seat: 'chair' })).text()
    expect(text).toMatch(/^RESOLUTION 45 \(Rev\. Kigali, 2022\)\n/)
  })

  test('L10: labels by bis, ter where that is chosen, and otherwise when the chair says so', async () => {
    const body = { edition: 'res45-dubai-2014', compared: 'res45-kigali-2022', numbering: 'bis' }
    const made = await chair.post('/api/meetings/wtdc-17/drafts', body, 'chair')
    const { id } = (await made.json()) as { id: string }
    const clean = async () =>
      (
        await chair.request(`/api/drafts/${id}/export?format=txt&view=clean`, { seat: 'chair' })
      ).text()
    expect(await clean()).toMatch(/ bis\)/)
    const number = (browser: Browser, seat: string) =>
      browser.post(`/api/drafts/${id}/numbering`, { numbering: 'renumber' }, seat)
    const brazil = new Browser(server.url)
    await brazil.join(server.tokenOf('brazil'))
    expect(await failureOf(await number(brazil, 'brazil'))).toEqual([403, 'wrong-role'])
    expect(await clean()).toMatch(/ bis\)/)
    expect((await number(chair, 'chair')).status).toBe(201)
    expect(await clean()).not.toMatch(/ bis\)/)
  })

  test('is not begun by a delegate, on nothing, or elsewhere', async () => {
    const brazil = new Browser(server.url)
    await brazil.join(server.tokenOf('brazil'))
    const begin = (browser: Browser, seat: string, edition: string, meeting = 'wtdc-17') =>
      browser.post(`/api/meetings/${meeting}/drafts`, { edition }, seat)
    expect(await failureOf(await begin(brazil, 'brazil', 'res45-doha-2006'))).toEqual([
      403,
      'wrong-role',
    ])
    expect(await failureOf(await begin(chair, 'chair', 'nothing'))).toEqual([404, 'unknown-text'])
    expect(await failureOf(await begin(chair, 'chair', 'res45-doha-2006', 'other'))).toEqual([
      403,
      'wrong-seat',
    ])
  })
})

test("the sample meeting holds Brazil's contribution open as a draft", async () => {
  const text = await chair.request('/api/drafts/res45-brazil/export?format=txt&view=marked', {
    seat: 'chair',
  })
  expect(await text.text()).toContain('(Rev. {--Dubai--}{++Buenos Aires++}, {--2014--}{++2017++})')
})
