/** How the server's proof of a Word file reads: it is the file's text, not its looks, that is proved. */
export function provedBy(proof: string): string {
  const hashes = Object.fromEntries(
    [...proof.matchAll(/(accepted|rejected)=([0-9a-f]{8})/g)].map(([, text, hash]) => [text, hash]),
  )
  return `Proved: read again, it says what the draft says (all accepted ${hashes['accepted']} …, all rejected ${hashes['rejected']} …).`
}
