/** @y/websocket-server as its own `server.js` runs it: in memory only. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setupWSConnection } from '@y/websocket-server/utils'
import { WebSocketServer } from 'ws'
import { tellPort } from '../contender.ts'

const sockets = new WebSocketServer({ noServer: true })
sockets.on('connection', setupWSConnection)
const server = createServer()
server.on('upgrade', (request, socket, head) =>
  sockets.handleUpgrade(request, socket, head, (webSocket) =>
    sockets.emit('connection', webSocket, request),
  ),
)
server.listen(0, '127.0.0.1', () => tellPort((server.address() as AddressInfo).port))
