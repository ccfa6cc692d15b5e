/** From which address somebody comes, where reverse proxies stand between. */
import { BlockList, isIP, isIPv6 } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/** Whether what an address says of where somebody comes from is believed. */
export type Trust = (address: string) => boolean

/**
 * Believes this machine and what `proxies` names: addresses (`192.0.2.7`, `2001:db8::7`) and networks
 * (`10.0.0.0/8`). Throws a RangeError with the first that is neither.
 */
export function trustIn(proxies: readonly string[]): Trust {
  const list = new BlockList()
  for (const proxy of ['127.0.0.0/8', '::1', ...proxies]) {
    const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(proxy) ?? []
    const family = isIP(address)
    const length = bits === undefined ? null : Number(bits)
    if (family === 0 || (length ?? 0) > (family === 4 ? 32 : 128))
      throw new RangeError(`neither an address nor a network: ${proxy}`)
    const name = family === 4 ? 'ipv4' : 'ipv6'
    if (length === null) list.addAddress(address, name)
    else list.addSubnet(address, length, name)
  }
  return (address) => list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

/**
 * From which address somebody comes: the connection's, unless that is trusted: then what it wrote last
 * into X-Forwarded-For, and so on while that is trusted in its turn. What a visitor wrote into it
 * stands before all that and is not reached. Of an IPv6 address the network counts (64 bits), since
 * one machine has all of its addresses.
 */
export function addressOf(
  connected: string | undefined,
  forwarded: string | undefined,
  trusts: Trust,
): string {
  let address = connected ?? ''
  const hops = (forwarded ?? '').split(',').map((hop) => hop.trim())
  while (trusts(address)) {
    const hop = hops.pop()
    if (hop === undefined || isIP(hop) === 0) break
    address = hop
  }
  return isIPv6(address) && !address.startsWith('::ffff:')
    ? address.split(':').slice(0, 4).join(':')
    : address
}

/** `addressOf` a request of the API. */
export const addressOfRequest = (
  context: Context,
  { trusts }: { readonly trusts: Trust },
): string =>
  addressOf(getConnInfo(context).remote.address, context.req.header('x-forwarded-for'), trusts)
