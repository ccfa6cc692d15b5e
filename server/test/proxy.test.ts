/** The example configuration of nginx, in front of a whole server, with nginx itself. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePort } from './process.ts'
import { Browser, Editor, RawSocket, startTestServer } from './running.ts'
import type { TestServer } from './running.ts'
import { typeInto } from './stage.ts'

const example = readFileSync(new URL('../deploy/nginx.conf', import.meta.url), 'utf8')

const missing = ['nginx', 'openssl'].filter(
  (name) => spawnSync(name, [name === 'nginx' ? '-v' : 'version']).status !== 0,
)

/** The example with each of `changes` made; one that finds nothing to change is a mistake. */
const adapted = (changes: readonly (readonly [string, string])[]): string => {
  let text = example
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new RangeError(`the example does not say ${from}`)
    text = text.replaceAll(from, to)
  }
  return text
}

describe.skipIf(missing.length > 0)(`nginx (skipped without: ${missing.join(', ')})`, () => {
  let folder: string
  let server: TestServer
  let url: string
  let plainUrl: string
  let stopProxy: () => Promise<void>

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'revmark-proxy-'))
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
    const request =
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 ' +
      '-subj /CN=localhost -addext subjectAltName=DNS:localhost'
    const made = spawnSync(
      'openssl',
      request.split(' ').concat('-keyout', key, '-out', certificate),
    )
    if (made.status !== 0) throw new Error(made.stderr.toString())
    setDefaultCACertificates([...getCACertificates(), readFileSync(certificate, 'utf8')])
    const [secure, plain] = [await freePort(), await freePort()]
    url = `https://localhost:${secure}`
    plainUrl = `http://localhost:${plain}`
    server = await startTestServer(url)
    const site = adapted([
      ['https://meeting.example.org', url],
      ['server_name meeting.example.org', 'server_name localhost'],
      ['listen 80;', `listen 127.0.0.1:${plain};`],
      ['listen 443 ssl;', `listen 127.0.0.1:${secure} ssl;`],
      ['/etc/ssl/certs/meeting.pem', certificate],
      ['/etc/ssl/private/meeting.key', key],
      ['/var/log/nginx/revmark.log', join(folder, 'access.log')],
      ['127.0.0.1:8080', `127.0.0.1:${new URL(server.url).port}`],
    ])
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((name) => `${name}_temp_path ${folder}/${name};`)
      .join('\n')
    writeFileSync(
      join(folder, 'nginx.conf'),
      `daemon off;\nmaster_process off;\npid ${folder}/pid;\nerror_log stderr;\n` +
        `events {}\nhttp {\n${paths}\n${site}\n}\n`,
    )
    const proxy = spawn('nginx', ['-e', 'stderr', '-c', join(folder, 'nginx.conf')])
    const ended = new Promise<void>((resolve) => proxy.once('exit', () => resolve()))
    let complaints = ''
    proxy.stderr.on('data', (data: Buffer) => (complaints += data.toString()))
    stopProxy = () => {
      proxy.kill('SIGTERM')
      return ended
    }
    await vi.waitFor(
      async () => {
        if (proxy.exitCode !== null) throw new Error(complaints)
        const { status } = await fetch(`${url}/api/health`)
        if (status !== 200) throw new Error(`/api/health answers ${status}`)
      },
      { timeout: 5000, interval: 20 },
    )
  })

  afterAll(async () => {
    await stopProxy()
    await server.close()
    rmSync(folder, { recursive: true })
  })

  test('sends from http to https', async () => {
    const response = await fetch(`${plainUrl}/d/res45?view=clean`, { redirect: 'manual' })
    expect(response.status).toBe(301)
    expect(response.headers.get('location')).toBe(`${url}/d/res45?view=clean`)
  })

  test('signs in with a Secure cookie of this host only, and asks for https from then on', async () => {
    const browser = new Browser(url)
    const token = server.tokenOf('observer')
    const response = await browser.post('/api/join', { token })
    expect(response.status).toBe(200)
    expect(response.headers.get('set-cookie')).toMatch(/^__Host-revmark=.*; Path=\/; .*Secure/)
    expect(response.headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}[^,]*$/)
  })

  test('passes the socket of a stock provider on, whose edit is acknowledged', async () => {
    const browser = new Browser(url)
    await browser.join(server.tokenOf('brazil'))
    const client = await browser.issueClient('res45', 'brazil')
    const editor = new Editor(browser, 'res45', 'brazil', client)
    await editor.synced()
    const seat = (await server.store.people.find('brazil'))!
    typeInto(editor.ydoc, seat, 2, ' (by way of nginx)', editor.outbox)
    await vi.waitFor(() => expect(editor.acked).toBe(2), { timeout: 5000, interval: 5 })
    const log = await server.store.log.read('res45')
    expect(log.some(({ kind, user }) => kind === 'edit' && user === 'brazil')).toBe(true)
    editor.destroy()
    // nginx writes its line when the socket has ended.
    await vi.waitFor(
      () =>
        expect(readFileSync(join(folder, 'access.log'), 'utf8')).toContain('/socket/res45" 101'),
      { timeout: 5000, interval: 20 },
    )
    expect(readFileSync(join(folder, 'access.log'), 'utf8')).not.toContain('seat=')
  })

  test('does not help a foreign page', async () => {
    const browser = new Browser(url)
    await browser.join(server.tokenOf('canada'))
    browser.origin = 'https://foreign.example'
    expect((await browser.post('/api/drafts/res45/clients', {}, 'canada')).status).toBe(403)
    await expect(new RawSocket(browser, '/res45?seat=canada').opened).rejects.toThrow('403')
  })
})
