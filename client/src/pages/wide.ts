import { useSyncExternalStore } from 'react'

/** From this width on the panel stands beside the sheet; below it is a drawer. As in draft.css. */
const wide = window.matchMedia('(min-width: 1100px)')

const subscribe = (listener: () => void): (() => void) => {
  wide.addEventListener('change', listener)
  return () => wide.removeEventListener('change', listener)
}

export const useWide = (): boolean => useSyncExternalStore(subscribe, () => wide.matches)
