/** What a thread of the store answers. */
import { StoreDamaged, StoreTrouble, isStoreDamage, isStoreTrouble } from '../trouble.ts'

/** How an attempt ended, in a form that passes between threads. */
export type Answer<T = void> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string; readonly of: 'damage' | 'disk' | 'program' }

/** Makes the attempt. */
export function answer<T>(attempt: () => T): Answer<T> {
  try {
    return { ok: true, value: attempt() }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const of = isStoreDamage(error) ? 'damage' : isStoreTrouble(error) ? 'disk' : 'program'
    return { ok: false, message, of }
  }
}

/** The error of an attempt that failed in another thread. */
export const errorOf = ({ message, of }: Extract<Answer, { ok: false }>): Error =>
  new { damage: StoreDamaged, disk: StoreTrouble, program: Error }[of](message)
