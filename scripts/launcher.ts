import { readFileSync } from 'node:fs'
import { basename } from 'node:path'

/**
 * Asks this process to end (SIGTERM, to itself) when what launched it has ended: `npx`, told to end,
 * ends without a word to the pnpm below it, and the server would live on and hold its port. Works
 * where there is /proc; elsewhere it does nothing.
 */
export function endWithLauncher(): void {
  const launchers = launchersOf(process.ppid)
  if (launchers.length === 0) return
  const timer = setInterval(() => {
    if (launchers.every(isAlive)) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, 500)
  timer.unref()
}

/** From `pid` upwards, each npm, npx or pnpm and the shells between them; no shell above them. */
function launchersOf(pid: number): readonly number[] {
  const chain: number[] = []
  let known = 0
  for (let at = pid; at > 1; at = parentOf(at)) {
    const [program = '', first = ''] = argumentsOf(at).map((argument) => basename(argument))
    chain.push(at)
    if ([program.split(' ')[0], first].some((name) => /^p?np[mx](-cli\.js)?$/.test(name ?? ''))) {
      known = chain.length
    } else if (!/^(ba|da)?sh$/.test(program)) break
  }
  return chain.slice(0, known)
}

function argumentsOf(pid: number): readonly string[] {
  return contents(`/proc/${pid}/cmdline`).split('\0')
}

const parentOf = (pid: number): number => statusOf(pid).parent

/** A process that has ended stays as a zombie, `Z`, until its parent has asked how it ended. */
const isAlive = (pid: number): boolean => !'ZX'.includes(statusOf(pid).state)

/** Of /proc/PID/stat, what follows the program's name, which stands in brackets and may hold any. */
function statusOf(pid: number): { readonly state: string; readonly parent: number } {
  const stat = contents(`/proc/${pid}/stat`)
  const [state = 'X', parent = '0'] = stat
    .slice(stat.lastIndexOf(')') + 1)
    .trim()
    .split(' ')
  return { state: state || 'X', parent: Number(parent) }
}

function contents(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
