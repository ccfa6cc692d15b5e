import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { findBrowser } from '../e2e/browser.ts'
import { run } from './command.ts'

/** Whether `apt-get install` is ours to call. Ubuntu is not meant: its chromium is a snap. */
const debianAsRoot = (): boolean =>
  process.getuid?.() === 0 &&
  existsSync('/etc/os-release') &&
  /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))

const aptInstall = (name: string): Promise<number> =>
  run(
    `apt-get update -qq && apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends ${name}`,
    {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    },
  )

/**
 * Sees to a browser for the end-to-end tests: the one found, else Debian's, else the one that
 * Playwright downloads. False where neither could be had.
 */
export async function provideBrowser(): Promise<boolean> {
  if (findBrowser()) return true
  console.log('No Chromium found: installing one for the end-to-end tests')
  if (debianAsRoot() && (await aptInstall('chromium')) === 0 && findBrowser()) return true
  await run('playwright install chromium', { folder: 'e2e' })
  return findBrowser() !== null
}

/** Pandoc gives a second opinion on Word files. Tests that ask it are skipped where it is not. */
export async function providePandoc(): Promise<void> {
  const present = spawnSync('pandoc', ['--version']).status === 0
  if (present || !debianAsRoot()) return
  console.log('No pandoc found: installing it, for a second opinion on Word files')
  if ((await aptInstall('pandoc')) !== 0) {
    console.log('pandoc could not be installed; the tests that ask it will be skipped')
  }
}

/**
 * nginx is what the example of a reverse proxy is tested with; the test is skipped where it is not.
 * Where systemd runs it is not installed, since Debian's package would start a web server.
 */
export async function provideNginx(): Promise<void> {
  const present = spawnSync('nginx', ['-v']).status === 0
  if (present || !debianAsRoot() || existsSync('/run/systemd/system')) return
  console.log('No nginx found: installing it, to test the example of a reverse proxy')
  if ((await aptInstall('nginx-light')) !== 0) {
    console.log('nginx could not be installed; the test of the reverse proxy will be skipped')
  }
}
