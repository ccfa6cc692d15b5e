/** Hocuspocus with its SQLite extension, configured as it comes. */
import { join } from 'node:path'
import { SQLite } from '@hocuspocus/extension-sqlite'
import { Server } from '@hocuspocus/server'
import { readSetting, tellPort } from '../contender.ts'

const { folder } = readSetting()
const server = new Server({
  port: 0,
  address: '127.0.0.1',
  quiet: true,
  extensions: [new SQLite({ database: join(folder, 'hocuspocus.sqlite') })],
})
await server.listen()
tellPort(server.address.port)
