import { useEffect } from 'react'

/** Names the page in the browser's tab as long as it is shown; from the special to the general. */
export function useTitle(...parts: readonly string[]): void {
  const title = [...parts, 'Revmark'].join(' · ')
  useEffect(() => {
    document.title = title
    return () => {
      document.title = 'Revmark'
    }
  }, [title])
}
