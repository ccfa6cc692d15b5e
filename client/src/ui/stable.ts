import { useCallback, useLayoutEffect, useRef } from 'react'

/** A function that stays the same and always does what the latest one does; for event handlers. */
export function useStable<A extends readonly unknown[], R>(
  handler: (...args: A) => R,
): (...args: A) => R {
  const latest = useRef(handler)
  useLayoutEffect(() => {
    latest.current = handler
  })
  return useCallback((...args: A) => latest.current(...args), [])
}
