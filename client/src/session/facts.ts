/** What the server tells a copy beside the text, as JSON; what is garbled tells nothing. */

/** Why an edit was refused, in words. */
export const messageIn = (json: string): string =>
  stringIn(json, 'message') ?? 'The server did not accept the last edit.'

/** Why the server takes no edits at present; null: it does. */
export const heldIn = (json: string): string | null => stringIn(json, 'held')

const stringIn = (json: string, key: string): string | null => {
  const value = fieldOf(json, key)
  return typeof value === 'string' ? value : null
}

/** Within how many milliseconds a server that stops asks its people to come back; null: it stays. */
export const backIn = (json: string): number | null => {
  const value = fieldOf(json, 'back')
  return typeof value === 'number' ? value : null
}

/** A field of a JSON object; undefined where there is none, or the object is not of the agreed form. */
function fieldOf(json: string, key: string): unknown {
  try {
    return (JSON.parse(json) as Record<string, unknown> | null)?.[key]
  } catch {
    return undefined
  }
}
