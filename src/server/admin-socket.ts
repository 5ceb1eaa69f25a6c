import { chmod, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { equalText } from '../crypto/constant-time.ts'
import type { Commands } from './commands.ts'

const names = [
  'createAccessKey',
  'listAccessKeys',
  'deleteAccessKey',
  'listAudit',
  'createOperator',
  'listOperators',
  'resetOperator',
  'deleteOperator',
  'setOperatorPolicy',
  'rotateSigningKeys',
  'rotateMasterKey',
  'seed',
] as const
type CommandName = (typeof names)[number]

const isName = (text: unknown): text is CommandName => names.includes(text as CommandName)

/** Where a server that runs on the folder listens for commands. */
export const commandSocket = (dataDir: string): string => join(dataDir, 'poolhouse.sock')

/**
 * The file with the word that a caller must say. The socket's mode keeps other users out; the word keeps out what runs as the same user
 * without being able to read the data folder: modules of triggers.
 */
const tokenFile = (path: string): string => `${path}.token`

const mebibyte = 1024 * 1024

const run = async (commands: Commands, text: string): Promise<unknown> => {
  const { command, input } = JSON.parse(text) as { command: unknown; input: unknown }
  if (command === 'ping') return true
  if (!isName(command)) throw new Error(`The server does not know the command ${String(command)}; is it of another version?`)
  const verb = commands[command] as (value: unknown) => Promise<unknown>
  return verb(input)
}

/**
 * Writes down the word for callers who could read the data folder. The folder is locked by then, or belongs to this server's own machine, so
 * a socket file that stands there was left behind by a server that was killed.
 */
export const announceCommands = async (path: string, token: string): Promise<void> => {
  await rm(path, { force: true })
  await rm(tokenFile(path), { force: true })
  await writeFile(tokenFile(path), token, { mode: 0o600 })
}

/**
 * Listens on a Unix socket that only the server's own user can open, for commands that change data while the server runs, from callers that
 * say the word that was announced there.
 */
export const listenForCommands = async (path: string, commands: Commands, token: string): Promise<{ close(): Promise<void> }> => {
  const server = createServer((incoming, outgoing) => {
    const answer = (status: number, value: unknown) =>
      outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    if (!equalText(incoming.headers.authorization ?? '', `Bearer ${token}`)) {
      // Nothing of the command is read.
      outgoing.shouldKeepAlive = false
      answer(403, { message: 'The server takes commands only from somebody who can read its data folder.' })
      return
    }
    const chunks: Buffer[] = []
    let size = 0
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > 64 * mebibyte) incoming.destroy()
      else chunks.push(chunk)
    })
    incoming.on('end', () => {
      run(commands, Buffer.concat(chunks).toString('utf8')).then(
        (result) => answer(200, { result }),
        (error: unknown) => answer(400, { message: error instanceof Error ? error.message : String(error) }),
      )
    })
  })
  // Between listen and chmod the folder's own mode (0700) keeps others out.
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve))
  await chmod(path, 0o600)
  return { close: () => new Promise((resolve) => server.close(() => resolve())) }
}

const tokenOf = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(tokenFile(path), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

const post = (path: string, token: string, body: string): Promise<{ result: unknown } | 'no server'> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    const call = httpRequest({ socketPath: path, method: 'POST', path: '/', headers }, (reply) => {
      const chunks: Buffer[] = []
      reply.on('data', (chunk: Buffer) => chunks.push(chunk))
      reply.on('end', () => {
        const value = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { result: unknown; message?: string }
        if (reply.statusCode === 200) resolve({ result: value.result })
        else reject(new Error(value.message ?? `the server answered ${reply.statusCode}`))
      })
    })
    call.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve('no server')
      else reject(error)
    })
    call.end(body)
  })

/** Sends a command, or a ping that does nothing, to the server behind the socket; 'no server' when none listens. Throws an Error with the server's own sentence. */
export const sendCommand = async (
  path: string,
  command: CommandName | 'ping',
  input?: unknown,
): Promise<{ result: unknown } | 'no server'> => {
  const token = await tokenOf(path)
  return token === undefined ? 'no server' : post(path, token, JSON.stringify({ command, input }))
}

/** Commands that go to a running server. */
export const remoteCommands = (path: string): Commands => {
  const send = (command: CommandName) => async (input?: unknown) => {
    const answer = await sendCommand(path, command, input)
    if (answer === 'no server') throw new Error('The server has stopped.')
    return answer.result
  }
  return Object.fromEntries(names.map((name) => [name, send(name)])) as unknown as Commands
}
