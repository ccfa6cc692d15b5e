/** What went wrong, as a value: what happened, what was kept, what the person can do now. */

export interface Problem {
  /** The server's code, or `offline` and `garbled` where no answer of the server's was read. */
  readonly code: string
  /** HTTP status; 0 where there was no answer. */
  readonly status: number
  /** What happened and what was kept, in one or two sentences for the person who asked. */
  readonly message: string
  /** What to do now. */
  readonly advice: string
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem }

export const success = <T>(value: T): Result<T> => ({ ok: true, value })

export const failure = (problem: Problem): Result<never> => ({ ok: false, problem })

/** Answers that were asked for side by side: all of them, or the first problem among them. */
export async function together<const T extends readonly unknown[]>(asked: {
  readonly [K in keyof T]: Promise<Result<T[K]>>
}): Promise<Result<T>> {
  const results: readonly Result<unknown>[] = await Promise.all(asked)
  const values: unknown[] = []
  for (const result of results) {
    if (!result.ok) return result
    values.push(result.value)
  }
  return success(values as unknown as T)
}

/** No answer came: the line is down, or the server is. */
export const unreachable: Problem = {
  code: 'offline',
  status: 0,
  message: 'The server cannot be reached. Nothing was changed.',
  advice: 'Check your connection, then try again.',
}

/** Writing without a server takes client ids, of which a device has so many. */
export const noneLeft: Problem = {
  code: 'offline',
  status: 0,
  message:
    'Without the server you can read here, not write: what this device had for that is used up.',
  advice: 'It goes on when the line is back.',
}

/** Whether no server has answered, or only the proxy before one that is down. */
export const isUnreachable = ({ code, status }: Problem): boolean =>
  code === 'offline' || (code === 'garbled' && status >= 502 && status <= 504)

/** An answer came that is not the one agreed, as when the page is older than the server. */
export const garbled = (status: number): Problem => ({
  code: 'garbled',
  status,
  message: 'The server answered in a way this page does not understand.',
  advice: 'Reload the page to bring it up to date.',
})

/** What to do about an error of the server's, by its HTTP status. */
export function adviceFor(status: number): string {
  if (status === 401) return 'Open your sign-in link again, or ask the secretariat for a new one.'
  if (status === 403) return 'Ask the secretariat if your seat should have this right.'
  if (status === 404) return 'Check the address, or go back to the meeting.'
  if (status === 409) return 'Nothing was done.'
  if (status === 429) return 'Wait a minute, then try again.'
  if (status >= 500) return 'Try again in a moment. If it stays so, tell the secretariat.'
  return 'Go back and try again. If it stays so, tell the secretariat.'
}
