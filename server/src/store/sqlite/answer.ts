/** What a thread of the store answers. */
import { StoreTrouble, isStoreTrouble } from '../trouble.ts'

/** How an attempt ended, in a form that passes between threads. */
export type Answer<T = void> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string; readonly trouble: boolean }

/** Makes the attempt. */
export function answer<T>(attempt: () => T): Answer<T> {
  try {
    return { ok: true, value: attempt() }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { ok: false, message, trouble: isStoreTrouble(error) }
  }
}

/** The error of an attempt that failed in another thread. */
export const errorOf = ({ message, trouble }: Extract<Answer, { ok: false }>): Error =>
  trouble ? new StoreTrouble(message) : new Error(message)
