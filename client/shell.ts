/** Vite's part of the service worker: builds it beside the page, and tells it what the build consists of. */
import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

/** Where the service worker is served: at the root, since a worker serves what lies below it. */
export const workerFile = 'service-worker.js'

/** Writes the build's files and version into the service worker. */
export const shell = (): Plugin => ({
  name: 'revmark-shell',
  apply: 'build',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const hash = createHash('sha256')
    const files = ['/']
    for (const name of Object.keys(bundle).toSorted()) {
      const part = bundle[name]!
      if (name.endsWith('.map')) continue
      hash.update(name).update(part.type === 'chunk' ? part.code : part.source)
      if (name !== workerFile && name !== 'index.html') files.push(`/${name}`)
    }
    const worker = bundle[workerFile]
    if (worker?.type !== 'chunk') throw new RangeError(`the build has no ${workerFile}`)
    if (worker.imports.length > 0) throw new RangeError(`${workerFile} stands alone`)
    const version = hash.digest('hex').slice(0, 16)
    worker.code = worker.code.replace('__SHELL__', JSON.stringify({ version, files }))
  },
})
