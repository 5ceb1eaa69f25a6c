import type { Connection } from './connections.ts'

/** Sends one request; milliseconds until it was answered, and the answer. Throws when that is not a 200. */
export const answered = async (connection: Connection, bytes: Uint8Array) => {
  const from = performance.now()
  const { status, body } = await connection.send(bytes)
  const took = performance.now() - from
  if (status !== 200) throw new Error(`The server answered ${status}: ${body.slice(0, 300)}`)
  return { took, answer: body === '' ? {} : JSON.parse(body) }
}
