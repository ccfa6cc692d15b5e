/** A number of things in words: `1 change`, `2 changes`. */
export const counted = (count: number, one: string, several = `${one}s`): string =>
  `${count} ${count === 1 ? one : several}`

/** The same where a sentence begins: `No changes`. */
export const countedOrNo = (count: number, one: string): string =>
  count === 0 ? `No ${one}s` : counted(count, one)
