/**
 * `pnpm start`: builds the client if its sources have changed, then becomes the server. Installing
 * is pnpm's part (`verifyDepsBeforeRun`). PORT and DATA are read by the server.
 */
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildClient } from './client-build.ts'
import { root } from './command.ts'
import { endWithLauncher } from './launcher.ts'

const code = await buildClient()
if (code !== 0) {
  console.error('The client could not be built; what Vite says stands above.')
  process.exit(code)
}

endWithLauncher()
// What becomes of the sources by type stripping is kept from one start to the next: that takes a sixth of
// the memory and a third of the time of a start.
enableCompileCache(join(root, 'node_modules', '.cache', 'revmark'))
// The same process, so that a signal reaches the server without being handed on.
await import(pathToFileURL(join(root, 'server', 'src', 'main.ts')).href)
