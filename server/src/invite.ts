/** Sign-in links that the server and its operator hand out. */
import type { Seat } from '@revmark/shared/wire'
import { deedAt } from './audit.ts'
import { day, hashOf, nameOfHash } from './secret.ts'
import type { Dice } from './secret.ts'
import type { Link } from './store/link.ts'
import type { Store } from './store/store.ts'

/** How long such a link works, unless it is revoked before; milliseconds. */
const linkLife = 7 * day

export interface Invitation {
  readonly seat: Seat
  /** To be handed to the person; not kept. */
  readonly token: string
}

export interface InviteServices {
  readonly store: Pick<Store, 'links' | 'log' | 'people'>
  readonly dice: Dice
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Makes a link that works for a week, recorded in the same commit; resolves with its token, which is not kept. */
export async function makeLink(
  services: Pick<InviteServices, 'store' | 'dice'>,
  { id: person, meeting }: Pick<Seat, 'id' | 'meeting'>,
  made: Pick<Link, 'purpose' | 'uses'> & { readonly at: number },
): Promise<string> {
  const { store, dice } = services
  const token = dice.token()
  const hash = hashOf(token)
  const done = { act: 'link-made', subject: nameOfHash(hash), details: { person } } as const
  const link = { ...made, hash, person, expires: made.at + linkLife }
  await store.links.add(link, { meeting, deed: deedAt(made.at, done) })
  await store.log.sync()
  return token
}

/**
 * Makes one link for each person who is still known, and revokes those of earlier starts. Seats
 * taken by an earlier link stay taken.
 */
export async function inviteAtStart(
  services: InviteServices,
  people: readonly Seat[],
): Promise<readonly Invitation[]> {
  const { store, now } = services
  const at = now()
  await store.links.revoke('start', at)
  const invitations: Invitation[] = []
  for (const { id } of people) {
    const seat = await store.people.find(id)
    if (!seat) continue
    const token = await makeLink(services, seat, { purpose: 'start', at, uses: null })
    invitations.push({ seat, token })
  }
  return invitations
}

/**
 * Whether what is printed goes into systemd's journal, which keeps it: `stream` is the variable
 * JOURNAL_STREAM, `output` the standard output's status (systemd.exec(5)).
 */
export const isJournal = (
  stream: string | undefined,
  output: { readonly dev: number; readonly ino: number },
): boolean => stream === `${output.dev}:${output.ino}`

/**
 * What is printed at a start: the address and the links. The token stands behind the `#`, which no
 * browser sends, so that it reaches no log and no Referer.
 */
export function startBlock(url: string, invitations: readonly Invitation[]): string {
  const width = Math.max(0, ...invitations.map(({ seat }) => seat.name.length))
  return [
    '',
    `  Revmark is at ${url}`,
    '',
    ...(invitations.length > 0
      ? ['  Sign-in links, good until the next start:', '']
      : [
          '  People come by the links that the secretariat makes; "revmark meeting" begins a meeting.',
          '',
        ]),
    ...invitations.map(({ seat, token }) => `  ${seat.name.padEnd(width)}  ${url}/join#${token}`),
    '',
    '',
  ].join('\n')
}
