/**
 * Serves the application itself, its one page and its files, also where the server cannot be reached.
 * What the server answers about drafts and people never passes through here, and is never kept here.
 */

/** Written into the built file by `client/shell.ts`: what one build consists of. */
declare const __SHELL__: {
  /** Another one for every build that differs. */
  readonly version: string
  /** Paths of the files; the page is `/`. */
  readonly files: readonly string[]
}

// TypeScript knows no worker that is a service worker.
const scope = globalThis as unknown as ServiceWorkerGlobalScope

const prefix = 'revmark-shell-'
const shell = __SHELL__
const cacheName = prefix + shell.version
const files = new Set(shell.files)

/** Addresses of pages, as in `pages/app.tsx`. Any other, a file or the API, is the server's affair. */
const page = /^\/(?:$|join$|m\/|d\/|library(?:\/|$))/

/** The file of this build that answers a request; null: none does. */
function fileFor({ method, mode, url }: Request): string | null {
  const { origin, pathname } = new URL(url)
  if (method !== 'GET' || origin !== scope.location.origin) return null
  if (mode === 'navigate') return page.test(pathname) ? '/' : null
  return files.has(pathname) ? pathname : null
}

// All or nothing: a build of which a file is missing is not installed.
scope.addEventListener('install', (event) => {
  const fill = async (): Promise<void> => {
    const cache = await caches.open(cacheName)
    await cache.addAll(
      [...files].map((file) => new Request(file, { cache: 'no-cache', credentials: 'omit' })),
    )
  }
  event.waitUntil(fill())
})

// A new build waits until its person asks for it, or no page of the old one is open.
scope.addEventListener('message', ({ data }) => {
  if (data === 'take over') void scope.skipWaiting()
})

scope.addEventListener('activate', (event) => {
  const tidy = async (): Promise<void> => {
    for (const name of await caches.keys())
      if (name.startsWith(prefix) && name !== cacheName) await caches.delete(name)
  }
  event.waitUntil(tidy())
})

scope.addEventListener('fetch', (event) => {
  const file = fileFor(event.request)
  if (file === null) return
  const answer = async (): Promise<Response> => {
    const cache = await caches.open(cacheName)
    // The browser may have removed it for want of space.
    return (await cache.match(file)) ?? fetch(event.request)
  }
  event.respondWith(answer())
})
