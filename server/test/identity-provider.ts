/**
 * A real OpenID Connect provider on loopback, as a process of its own, for one client whose answers go
 * to `REDIRECT_URI`. Whoever signs in is who they say: an address, verified unless it begins with
 * "unverified". Prints its issuer.
 */
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:http'
import { Provider } from 'oidc-provider'

const { REDIRECT_URI = '', CLIENT_SECRET = '' } = process.env
const server = createServer()
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'revmark',
        client_secret: CLIENT_SECRET,
        redirect_uris: [REDIRECT_URI],
        post_logout_redirect_uris: [new URL('/', REDIRECT_URI).href],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: id, email_verified: !id.startsWith('unverified') }),
    }),
    features: { devInteractions: { enabled: true } },
    cookies: { keys: ['only-for-tests'] },
  })
  const answer = provider.callback()
  server.on('request', (request, response) => void answer(request, response))
  process.stdout.write(`issuer ${issuer}\n`)
})
