/** Reads CriticMarkup as `criticMarkup` says that it is read: with all changes accepted or rejected. */

export function resolveCritic(marked: string, reading: 'accept' | 'reject'): string {
  const hides = { accept: '{--', reject: '{++' }[reading]
  const open: string[] = []
  let out = ''
  /** Whether the line feed to come is hidden: told by the pilcrow that ends its line. */
  let joins = false
  for (const [token] of marked.matchAll(/\\.|\{--|\{\+\+|--\}|\+\+\}|¶|[^]/gu)) {
    if (token === '{--' || token === '{++') open.push(token)
    else if (token === '--}' || token === '++}') {
      const opened = open.pop()
      if (opened?.slice(1) !== token.slice(0, 2)) throw new Error(`unbalanced in ${marked}`)
    } else if (token === '¶') joins = open.includes(hides)
    else if (token === '\n') {
      if (open.length > 0) throw new Error(`a line feed within braces in ${marked}`)
      if (!joins) out += token
      joins = false
    } else if (!open.includes(hides))
      out += token.length > 1 && token[0] === '\\' ? token.slice(1) : token
  }
  return out
}
