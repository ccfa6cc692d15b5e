import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { diagnose, told } from '../src/cli/doctor.ts'
import { writeSampleStore } from './running.ts'

let data: string

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'revmark-doctor-'))
})

afterEach(() => rm(data, { recursive: true }))

/** What is wrong, beside a client that may not be built where the tests run. */
const problems = async (variables: Record<string, string> = {}): Promise<string[]> => {
  const findings = await diagnose({ DATA: data, PORT: '0', ...variables }, Date.now())
  return findings.flatMap(({ what, advice }) =>
    advice === null || what === 'the client is not built' ? [] : [`${what}: ${advice}`],
  )
}

test('a sound installation has no problems, with a database or before there is one', async () => {
  expect(await problems()).toEqual([])
  await writeSampleStore(join(data, 'revmark.sqlite'))
  expect(await problems()).toEqual([])
  const findings = await diagnose({ DATA: data, PORT: '0' }, Date.now())
  expect(told(findings)).toContain('ok       the database has 2 drafts\n')
})

test('every variable that cannot be used is named, and nothing else is looked for', async () => {
  expect(await problems({ PORT: 'x', LOG: 'loud' })).toHaveLength(2)
})

test('a taken port, a file for a folder, http for all, a sample for the public: each with advice', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const taken = String((other.address() as AddressInfo).port)
  expect(await problems({ PORT: taken })).toEqual([expect.stringMatching(/cannot be had: .*PORT/)])
  other.close()
  const file = join(data, 'file')
  await writeFile(file, '')
  expect(await problems({ DATA: file })).toContainEqual(
    expect.stringMatching(/is no folder: .*DATA/),
  )
  expect(await problems({ HOST: '0.0.0.0' })).toEqual([expect.stringContaining('PUBLIC_URL')])
  const secure = { PUBLIC_URL: 'https://meeting.example.org' }
  expect(await problems(secure)).toEqual([expect.stringContaining('SAMPLE=off')])
  expect(await problems({ ...secure, SAMPLE: 'off' })).toEqual([])
})

test('an identity provider that does not answer', async () => {
  const set = { OIDC_ISSUER: 'http://127.0.0.1:9', OIDC_CLIENT_ID: 'revmark', SAMPLE: 'off' }
  expect(await problems({ ...set, PUBLIC_URL: 'https://revmark.example' })).toEqual([
    expect.stringMatching(/127\.0\.0\.1:9 does not answer: .*OIDC_ISSUER/),
  ])
})

test('a database that is none, and a clock that is behind it', async () => {
  const path = join(data, 'revmark.sqlite')
  await writeSampleStore(path)
  const later = new Date(Date.now() + 86_400_000)
  await utimes(path, later, later)
  expect(await problems()).toEqual([expect.stringContaining('set the clock')])
  await writeFile(path, 'Resolution 45, by hand')
  expect(await problems()).toEqual([expect.stringMatching(/cannot be read: .*damaged/)])
})
