import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { Server } from '../server.ts'

const script = fileURLToPath(new URL('../../server/test/identity-provider.ts', import.meta.url))
const secret = 'a-secret-of-the-client'

test('a person signs in where the organisation has its accounts, and out again', async ({
  browser,
}) => {
  let provider: ChildProcess | null = null
  const server = await Server.open(async (address) => {
    provider = spawn(process.execPath, [script], {
      env: {
        ...process.env,
        REDIRECT_URI: `${address}/api/sign-in/return`,
        CLIENT_SECRET: secret,
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let issuer = ''
    for await (const line of createInterface(provider.stdout!)) {
      issuer = line.replace('issuer ', '')
      break
    }
    return {
      PUBLIC_URL: address,
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: 'revmark',
      OIDC_CLIENT_SECRET: secret,
      OIDC_NAME: 'the Ministry',
    }
  })
  try {
    const office = await (await browser.newContext()).newPage()
    await office.goto(server.link('Secretariat'))
    await office.getByRole('link', { name: 'People and links' }).click()
    await office.getByRole('textbox', { name: 'Name' }).fill('Ana Souza')
    await office.getByLabel('E-mail').fill('ana@example.org')
    await office.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(office.getByRole('heading', { name: 'Ana Souza' })).toBeVisible()

    const page = await (await browser.newContext()).newPage()
    const signInAs = async (address: string): Promise<void> => {
      await page.getByRole('link', { name: 'Sign in with the Ministry' }).click()
      await page.getByPlaceholder('Enter any login').fill(address)
      await page.getByPlaceholder('and password').fill('x')
      await page.getByRole('button', { name: 'Sign-in' }).click()
      await page.getByRole('button', { name: 'Continue' }).click()
    }
    await page.goto(server.address)
    await signInAs('eve@example.org')
    await expect(page.getByRole('alert')).toContainText('No seat here has the address')
    await page.getByRole('link', { name: 'sign out at the Ministry' }).click()
    await page.getByRole('button', { name: 'Yes, sign me out' }).click()

    await signInAs('ana@example.org')
    await expect(page.getByRole('link', { name: /Ana Souza/ }).first()).toBeVisible()
    await page.getByRole('button', { name: 'Sign out of this browser' }).click()
    await expect(page.getByRole('link', { name: 'Sign in with the Ministry' })).toBeVisible()
  } finally {
    ;(provider as ChildProcess | null)?.kill()
    await server.dispose()
  }
})
