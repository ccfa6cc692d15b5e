import { useEffect, useState } from 'react'
import type { Problem, Result } from '../session/index.ts'

export type Answer<T> =
  | { readonly type: 'waiting' }
  | { readonly type: 'failed'; readonly problem: Problem }
  | { readonly type: 'here'; readonly value: T }

/**
 * Asks once for each `name`, which must say everything that the question depends on, and again for
 * each `round`; what was there stays while it is asked again. The answer to an earlier question is
 * dropped.
 */
export function useAnswer<T>(
  name: string,
  question: () => Promise<Result<T>>,
  round = 0,
): Answer<T> {
  const [answer, setAnswer] = useState<{
    readonly name: string
    readonly round: number
    readonly result: Result<T>
  } | null>(null)
  useEffect(() => {
    let current = true
    const ask = async () => {
      const result = await question()
      if (current) setAnswer({ name, round, result })
    }
    void ask()
    return () => {
      current = false
    }
    // `question` is new at every render; `name` and `round` tell when to ask.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [name, round])
  if (answer?.name !== name) return { type: 'waiting' }
  const { result } = answer
  if (result.ok) return { type: 'here', value: result.value }
  return answer.round === round ? { type: 'failed', problem: result.problem } : { type: 'waiting' }
}
