/** The examples for systemd and for a container, as far as they can be read without either. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'

const root = new URL('../../', import.meta.url)

const variablesIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/\b([A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name!, value!]),
  )

test.each([
  ['revmark.service', /^Environment=(.*)$/m, /^ExecStart=.* (\S+)$/m],
  ['Containerfile', /^ENV (.*)$/m, /^CMD \["node", "(.*)"\]$/m],
])(
  '%s starts what is there, with variables that are understood, and no sample',
  (name, set, run) => {
    const text = readFileSync(new URL(`server/deploy/${name}`, root), 'utf8')
    const variables = variablesIn(set.exec(text)![1]!)
    expect(variables).toMatchObject({ NODE_ENV: 'production', SAMPLE: 'off' })
    const read = readConfig(variables)
    expect(read).toMatchObject({ config: { sample: false, data: variables['DATA'] } })
    expect(existsSync(new URL(run.exec(text)![1]!, root))).toBe(true)
  },
)
