import { useEffect, useState } from 'react'
import type { Problem, Result } from '../session/index.ts'

export type Answer<T> =
  | { readonly type: 'waiting' }
  | { readonly type: 'failed'; readonly problem: Problem }
  | { readonly type: 'here'; readonly value: T }

/**
 * Asks once for each `name`, which must say everything that the question depends on. The answer to
 * an earlier question is dropped.
 */
export function useAnswer<T>(name: string, question: () => Promise<Result<T>>): Answer<T> {
  const [answer, setAnswer] = useState<{ name: string; result: Result<T> } | null>(null)
  useEffect(() => {
    let current = true
    const ask = async () => {
      const result = await question()
      if (current) setAnswer({ name, result })
    }
    void ask()
    return () => {
      current = false
    }
    // `question` is new at every render; `name` tells when it is another one.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [name])
  if (answer?.name !== name) return { type: 'waiting' }
  const { result } = answer
  return result.ok
    ? { type: 'here', value: result.value }
    : { type: 'failed', problem: result.problem }
}
