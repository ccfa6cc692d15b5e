/** What a browser calls itself (RFC 9110, 10.1.5), in a few words. */

/** Whoever claims to be several names what is most particular first. */
const programs = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const

const systems = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const

/** "Firefox on Windows"; "A browser" where nothing of it is known. */
export function agentWords(agent: string): string {
  const program = programs.find(([mark]) => agent.includes(mark))?.[1] ?? 'A browser'
  const system = systems.find(([mark]) => agent.includes(mark))?.[1]
  return system === undefined ? program : `${program} on ${system}`
}
