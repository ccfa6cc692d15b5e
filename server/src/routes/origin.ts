/** Which pages may speak to this server. Cookies go along with every request, whoever's page sends it. */

/** The headers that tell, lower-case. */
export interface OriginHeaders {
  readonly origin: string | undefined
  readonly host: string | undefined
  readonly secFetchSite: string | undefined
}

export type AllowsOrigin = (headers: OriginHeaders) => boolean

/**
 * Allows the server's own pages: those of `publicUrl`, and those of the address by which the request
 * reached the server. Without an Origin header only what is no browser is let in, since every browser
 * sends it with a WebSocket and with whatever is not a GET; a program carries no one else's cookie.
 */
export function originGuard(publicUrl: string | null): AllowsOrigin {
  const publicOrigin = publicUrl === null ? null : new URL(publicUrl).origin
  return ({ origin, host, secFetchSite }) => {
    if (origin === undefined) return secFetchSite === undefined
    if (origin === publicOrigin) return true
    if (!URL.canParse(origin) || host === undefined) return false
    const { protocol, host: page, hostname } = new URL(origin)
    if (protocol !== 'http:' && protocol !== 'https:') return false
    // Behind a proxy the public address is the only name; this machine's own stays for its operator.
    return page === host && (publicOrigin === null || loopback.has(hostname))
  }
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])
