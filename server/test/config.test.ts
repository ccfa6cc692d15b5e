import { describe, expect, test } from 'vitest'
import { noLimits, usualLimits } from '../src/allowance.ts'
import { readConfig } from '../src/config.ts'
import { startBlock } from '../src/invite.ts'
import { samplePeople } from '../src/sample.ts'

describe('the configuration', () => {
  test('has a default for everything', () => {
    const read = readConfig({})
    expect(read).toMatchObject({
      config: {
        port: 8080,
        host: '127.0.0.1',
        publicUrl: null,
        log: 'info',
        mostBytes: null,
        limits: usualLimits,
        sample: true,
        trustedProxies: [],
      },
    })
    expect('config' in read && read.config.data).toMatch(/\/data$/)
  })

  test('takes an empty variable for an unset one', () => {
    expect(readConfig({ PORT: '', PUBLIC_URL: '' })).toMatchObject({
      config: { port: 8080, publicUrl: null },
    })
  })

  test('takes what is set, the public address without its last slash', () => {
    const set = {
      PORT: '0',
      HOST: '::',
      DATA: '/var/lib/revmark',
      DATA_LIMIT: '100',
      PUBLIC_URL: 'https://revmark.example/',
      LOG: 'debug',
      METRICS_TOKEN: 'a-token-of-the-operator',
      RATE_LIMITS: 'off',
      SAMPLE: 'off',
      OIDC_ISSUER: 'https://id.example',
      OIDC_CLIENT_ID: 'revmark',
      OIDC_CLIENT_SECRET: 'a-secret',
      TRUSTED_PROXIES: '192.0.2.7, 10.0.0.0/8,2001:db8::/32',
    }
    expect(readConfig(set)).toEqual({
      config: {
        port: 0,
        host: '::',
        data: '/var/lib/revmark',
        publicUrl: 'https://revmark.example',
        limits: noLimits,
        sample: false,
        trustedProxies: ['192.0.2.7', '10.0.0.0/8', '2001:db8::/32'],
        log: 'debug',
        mostBytes: 104_857_600,
        metricsToken: 'a-token-of-the-operator',
        identity: {
          issuer: 'https://id.example',
          clientId: 'revmark',
          clientSecret: 'a-secret',
          name: 'id.example',
        },
      },
    })
  })

  test.each([
    ['PORT', 'eighty'],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['PUBLIC_URL', 'revmark.example'],
    ['PUBLIC_URL', 'ftp://revmark.example'],
    ['LOG', 'loud'],
    ['RATE_LIMITS', 'none'],
    ['SAMPLE', 'yes'],
    ['DATA_LIMIT', 'much'],
    ['DATA_LIMIT', '1'],
    ['TRUSTED_PROXIES', 'proxy.example'],
    ['OIDC_ISSUER', 'id.example'],
    ['OIDC_ISSUER', 'http://id.example'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '10.0.0.1,'],
  ])('says that %s cannot be %s', (name, value) => {
    const read = readConfig({ [name]: value })
    expect('problems' in read && read.problems).toEqual([
      expect.stringMatching(new RegExp(`^${name} must be .*, not "${value}"$`)),
    ])
  })

  test.each([
    [{ OIDC_CLIENT_ID: 'revmark' }, ['OIDC_CLIENT_ID is set without OIDC_ISSUER']],
    [{ OIDC_CLIENT_SECRET: 'x' }, ['OIDC_CLIENT_SECRET is set without OIDC_ISSUER']],
    [
      { OIDC_ISSUER: 'http://127.0.0.1:9000' },
      [
        'OIDC_CLIENT_ID must be set where OIDC_ISSUER is',
        expect.stringMatching(/^PUBLIC_URL must be set where OIDC_ISSUER is/),
      ],
    ],
  ])('says what is missing of an identity provider: %j', (set, problems) => {
    expect(readConfig(set)).toEqual({ problems })
  })

  test('does not print a token', () => {
    const read = readConfig({ METRICS_TOKEN: 'too short' })
    expect('problems' in read && read.problems).toEqual([
      'METRICS_TOKEN must be 16 or more letters without spaces',
    ])
  })

  test('names every problem at once', () => {
    const read = readConfig({ PORT: 'x', LOG: 'y' })
    expect('problems' in read && read.problems).toHaveLength(2)
  })
})

test('the block of a start has the address and a link for each', () => {
  const invitations = samplePeople.map((seat) => ({ seat, token: `token-of-${seat.id}` }))
  const block = startBlock('http://localhost:8080', invitations)
  expect(block).toContain('Revmark is at http://localhost:8080\n')
  expect(block).toContain(
    '  Observer                  http://localhost:8080/join#token-of-observer\n',
  )
  expect(block.match(/\/join#/g)).toHaveLength(5)
})
