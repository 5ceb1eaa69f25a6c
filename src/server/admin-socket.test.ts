import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { announceCommands, commandSocket, listenForCommands, sendCommand } from './admin-socket.ts'
import type { Commands } from './commands.ts'

let folder: string
let socket: { close(): Promise<void> }
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'poolhouse-socket-'))
  await announceCommands(commandSocket(folder), 'the word')
  // `ping` is answered without any of them.
  socket = await listenForCommands(commandSocket(folder), {} as Commands, 'the word')
})
afterEach(async () => {
  await socket.close()
  rmSync(folder, { recursive: true })
})

/** What a caller with this header gets who sends the beginning of a long command, and nothing after it. */
const answerTo = (header: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const caller = connect(commandSocket(folder)).on('error', reject).setEncoding('utf8')
    caller.once('data', (text: Buffer | string) => {
      caller.destroy()
      resolve(String(text))
    })
    caller.write(`POST / HTTP/1.1\r\nhost: localhost\r\n${header}content-length: 50000000\r\n\r\n{`)
  })

describe('the socket for commands', () => {
  it('answers whoever read the word', async () => {
    expect(await sendCommand(commandSocket(folder), 'ping')).toEqual({ result: true })
  })

  it.each(['', 'authorization: Bearer another\r\n'])('refuses others before it reads their command: %j', async (header) => {
    expect(await answerTo(header)).toMatch(/^HTTP\/1\.1 403 /)
  })
})
