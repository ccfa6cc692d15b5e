/** The HTTP client against a real server on a free port: every answer is a value. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { provedBy } from '../src/pages/proved-by.ts'
import { ask, fetchFile, fileName } from '../src/session/http.ts'

const answers: Record<string, readonly [number, string, Record<string, string>?]> = {
  '/good': [200, '{"n":1}'],
  '/other': [200, '{"m":1}'],
  '/page': [200, '<!doctype html>'],
  '/refused': [409, '{"error":{"code":"changed-meanwhile","message":"It has changed."}}'],
  '/broken': [502, '{"oops":true}'],
  '/file': [200, 'words', { 'content-disposition': 'attachment; filename="res45-clean.txt"' }],
  '/proved': [200, 'PK', { 'revmark-proof': 'accepted=0123456789, rejected=abcdef0123' }],
}

const server = createServer((request, response) => {
  const [status, body, headers] = answers[request.url ?? ''] ?? [404, '{}']
  response.writeHead(status, headers).end(body)
})
let base = ''

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => server.close())

const schema = z.object({ n: z.number() })

test('an answer in the agreed form is its value', async () => {
  expect(await ask(schema, `${base}/good`)).toEqual({ ok: true, value: { n: 1 } })
})

test.each([
  ['/other', 'garbled', 200],
  ['/page', 'garbled', 0],
  ['/refused', 'changed-meanwhile', 409],
  ['/broken', 'garbled', 502],
])('%s is the problem "%s"', async (path, code, status) => {
  const answer = await ask(schema, base + path)
  expect(answer).toMatchObject({ ok: false, problem: { code, status } })
})

test('a server that is not there is the problem "offline", with advice', async () => {
  const answer = await ask(schema, 'http://127.0.0.1:9/')
  expect(answer).toMatchObject({ ok: false, problem: { code: 'offline', status: 0 } })
  expect(!answer.ok && answer.problem.advice).toMatch(/try again/)
})

test('a file has the server’s name; a refusal is no file', async () => {
  const file = await fetchFile(`${base}/file`, 'fallback.txt')
  expect(file.ok && file.value.name).toBe('res45-clean.txt')
  expect(file.ok && (await file.value.blob.text())).toBe('words')
  expect(file.ok && file.value.proof).toBe(null)
  const proved = await fetchFile(`${base}/proved`, 'x.docx')
  expect(proved.ok && provedBy(proved.value.proof!)).toMatch(
    /^Proved: .*accepted 01234567 …, all rejected abcdef01 …/,
  )
  expect(await fetchFile(`${base}/refused`, 'x')).toMatchObject({
    ok: false,
    problem: { code: 'changed-meanwhile' },
  })
})

test.each([
  ['attachment; filename="a b.docx"', 'a b.docx'],
  ['attachment; filename=a.docx', 'a.docx'],
  [`attachment; filename="a.docx"; filename*=UTF-8''r%C3%A9s.docx`, 'rés.docx'],
  [`attachment; filename="a.docx"; filename*=UTF-8''%E9`, 'a.docx'],
  ['inline', null],
])('Content-Disposition %s names %s', (header, name) => {
  expect(fileName(new Headers({ 'content-disposition': header }))).toBe(name)
})
