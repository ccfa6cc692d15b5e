/** The beginning of `revmark`: the command line of this process, its environment and its output. */
import { readConfig } from '../config.ts'
import { revmark } from './revmark.ts'

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

const read = readConfig({ DATA: process.env['DATA'] })
if ('problems' in read) {
  process.stderr.write(`revmark: ${read.problems.join('\n')}\n`)
  process.exitCode = 2
} else
  process.exitCode = await revmark(process.argv.slice(2), {
    data: read.config.data,
    environment: process.env,
    now: () => Date.now(),
    print: (text) => process.stdout.write(text),
    complain: (text) => process.stderr.write(text),
  })
