/** What the operator sets, by environment variables; read by `main.ts` and the command line only. */
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { IdentityConfig } from './identity.ts'
import { noLimits, usualLimits } from './allowance.ts'
import type { Limits } from './allowance.ts'
import { trustIn } from './routes/proxies.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))

const environment = z.object({
  PORT: z.coerce
    .number('must be a port number, 0 to 65535')
    .int('must be a port number, 0 to 65535')
    .min(0, 'must be a port number, 0 to 65535')
    .max(65535, 'must be a port number, 0 to 65535')
    .default(8080),
  HOST: z.string().min(1, 'must be a host name or an address').default('127.0.0.1'),
  DATA: z.string().min(1, 'must be the path of a folder').default(`${repository}data`),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  DATA_LIMIT: z.coerce
    .number('must be a number of megabytes')
    .int('must be a number of megabytes')
    .min(16, 'must be 16 megabytes or more')
    .optional(),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'must be 16 or more letters without spaces')
    .optional(),
  TRUSTED_PROXIES: z
    .string()
    .transform((list) => list.split(',').map((proxy) => proxy.trim()))
    .refine(areProxies, 'must be addresses or networks (10.0.0.0/8) with commas between')
    .default([]),
  SAMPLE: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  OIDC_ISSUER: z
    .string()
    .refine(isIssuer, 'must be an https address (http on this machine only)')
    .optional(),
  OIDC_CLIENT_ID: z.string().max(200, 'must be at most 200 letters').optional(),
  OIDC_CLIENT_SECRET: z.string().max(1000, 'must be at most 1000 letters').optional(),
  OIDC_NAME: z.string().max(60, 'must be at most 60 letters').optional(),
  RATE_LIMITS: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  LOG: z
    .enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'], {
      error: 'must be one of silent, fatal, error, warn, info, debug, trace',
    })
    .default('info'),
})

/** Names and secrets travel to it: without TLS only inside this machine. */
function isIssuer(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname } = new URL(address)
  if (protocol === 'https:') return true
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

type Variables = z.infer<typeof environment>

/** The identity provider; null: none is named. Half of one is a problem. */
function identityIn({
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: clientId,
  OIDC_CLIENT_SECRET: clientSecret,
  OIDC_NAME: name,
  PUBLIC_URL: publicUrl,
}: Variables):
  | { readonly identity: IdentityConfig | null }
  | { readonly problems: readonly string[] } {
  if (issuer === undefined) {
    const alone = Object.entries({
      OIDC_CLIENT_ID: clientId,
      OIDC_CLIENT_SECRET: clientSecret,
      OIDC_NAME: name,
    }).filter(([, value]) => value !== undefined)
    if (alone.length === 0) return { identity: null }
    return { problems: alone.map(([variable]) => `${variable} is set without OIDC_ISSUER`) }
  }
  const problems = [
    clientId === undefined && 'OIDC_CLIENT_ID must be set where OIDC_ISSUER is',
    publicUrl === undefined &&
      'PUBLIC_URL must be set where OIDC_ISSUER is: the provider sends people back to it',
  ].filter((problem) => problem !== false)
  if (clientId === undefined || problems.length > 0) return { problems }
  return {
    identity: {
      issuer,
      clientId,
      clientSecret: clientSecret ?? null,
      name: name ?? new URL(issuer).hostname,
    },
  }
}

/** Values that are not printed. */
const secrets: ReadonlySet<unknown> = new Set(['METRICS_TOKEN', 'OIDC_CLIENT_SECRET'])

function areProxies(list: readonly string[]): boolean {
  try {
    trustIn(list)
    return true
  } catch {
    return false
  }
}

export interface Config {
  /** 0: any free port. */
  readonly port: number
  /** The address to listen on; the default is reached from this machine only. */
  readonly host: string
  /** The folder of the database. */
  readonly data: string
  /** Where people reach the server, without a slash at the end; null: where it listens. */
  readonly publicUrl: string | null
  /** Who has it may read /metrics; null: nobody. */
  readonly metricsToken: string | null
  /** Where people sign in beside links; null: nowhere. */
  readonly identity: IdentityConfig | null
  /** Whether an empty store begins with the sample meeting, and its people get links at each start. */
  readonly sample: boolean
  /** Reverse proxies on other machines, whose word is taken for where people come from. */
  readonly trustedProxies: readonly string[]
  /** How much anybody may ask; without end for load tests only. */
  readonly limits: Limits
  readonly log: string
  /** The database grows no further than this; bytes; null: as far as the disk goes. */
  readonly mostBytes: number | null
}

/** Reads the configuration; `problems` is one line for each variable that cannot be used. */
export function readConfig(
  variables: Readonly<Record<string, string | undefined>>,
): { readonly config: Config } | { readonly problems: readonly string[] } {
  // An empty variable is an unset one, as `PORT= pnpm start` means.
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const result = environment.safeParse(set)
  if (!result.success)
    return {
      problems: result.error.issues.map(
        ({ path, message }) =>
          // What is secret is not printed.
          `${path.join('.')} ${message}` +
          (secrets.has(path[0]) ? '' : `, not ${JSON.stringify(set[String(path[0])])}`),
      ),
    }
  const found = identityIn(result.data)
  if ('problems' in found) return found
  const {
    PORT,
    HOST,
    DATA,
    DATA_LIMIT,
    PUBLIC_URL,
    METRICS_TOKEN,
    TRUSTED_PROXIES,
    SAMPLE,
    RATE_LIMITS,
    LOG,
  } = result.data
  return {
    config: {
      port: PORT,
      host: HOST,
      data: DATA,
      publicUrl: PUBLIC_URL === undefined ? null : new URL(PUBLIC_URL).href.replace(/\/+$/, ''),
      metricsToken: METRICS_TOKEN ?? null,
      identity: found.identity,
      sample: SAMPLE === 'on',
      trustedProxies: TRUSTED_PROXIES,
      limits: RATE_LIMITS === 'off' ? noLimits : usualLimits,
      log: LOG,
      mostBytes: DATA_LIMIT === undefined ? null : DATA_LIMIT * 1_048_576,
    },
  }
}

/** The database file in the data folder. */
export const databasePath = ({ data }: Pick<Config, 'data'>): string => `${data}/revmark.sqlite`

/** The folder of the built client. */
export const clientFolder = `${repository}client/dist`
