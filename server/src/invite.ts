/** The sign-in links of a start. */
import type { Seat } from '@revmark/shared/wire'
import { hashOf } from './secret.ts'
import type { Dice } from './secret.ts'
import type { Store } from './store/store.ts'

/** How long a start's links work, unless the server is started anew before; milliseconds. */
const linkLife = 7 * 24 * 3_600_000

export interface Invitation {
  readonly seat: Seat
  /** To be handed to the person; not kept. */
  readonly token: string
}

/**
 * Makes one link for each person who is still known, and revokes those of earlier starts. Seats
 * taken by an earlier link stay taken. `at` is milliseconds since 1970.
 */
export async function inviteAtStart(
  store: Store,
  people: readonly Seat[],
  dice: Dice,
  at: number,
): Promise<readonly Invitation[]> {
  await store.links.revoke('start', at)
  const invitations: Invitation[] = []
  for (const { id } of people) {
    const seat = await store.people.find(id)
    if (!seat) continue
    const token = dice.token()
    await store.links.add({
      hash: hashOf(token),
      person: id,
      purpose: 'start',
      at,
      expires: at + linkLife,
      uses: null,
    })
    invitations.push({ seat, token })
  }
  return invitations
}

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
      : ['  Nobody is to be invited: the meeting in the store is not the sample.', '']),
    ...invitations.map(({ seat, token }) => `  ${seat.name.padEnd(width)}  ${url}/join#${token}`),
    '',
    '',
  ].join('\n')
}
