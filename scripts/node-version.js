// Loaded before anything else by `pnpm start`, `pnpm test` and the rest. Plain JavaScript, because
// it has to run, and speak, on a Node.js that cannot read the TypeScript which follows.

const [major = 0] = process.versions.node.split('.').map(Number)

if (major < 24) {
  console.error(
    `Revmark needs Node.js 24 or later; this is ${process.version} (${process.execPath}).\n` +
      'On Linux with glibc (x64, arm64) the workspace brings its own, if you start through pnpm:\n' +
      '  npx -y pnpm@12 start\n' +
      'If you did, its installation has failed, and what it said stands above.\n' +
      'Elsewhere install Node.js from https://nodejs.org and run the same command again.',
  )
  process.exit(1)
}
