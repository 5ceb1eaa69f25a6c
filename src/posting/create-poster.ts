import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { Poster, PostRequest } from './poster.ts'

/** The most that is read of an answer, in bytes: what a function may answer (Lambda developer guide, "Lambda quotas"). */
const longestAnswer = 6 * 1024 * 1024

/** The body, of which never more than the limit is kept; what is left of a longer one is not read. */
const read = async (reply: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  // Leaving the loop destroys the connection.
  for await (const chunk of reply as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > longestAnswer) throw new Error(`the answer is longer than ${longestAnswer} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Whether, before any answer, the other side closed a kept connection at the moment of its use, so that nobody has seen the request. */
const isStale = (call: ClientRequest, error: unknown): boolean =>
  call.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(String((error as NodeJS.ErrnoException).code))

/** Makes a poster; its connections are its own. */
export const createPoster = (): Poster => {
  const plain = new HttpAgent({ keepAlive: true })
  const secure = new HttpsAgent({ keepAlive: true })

  const begin = (request: PostRequest, signal: AbortSignal): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { url, headers, body } = request
      const how = { method: 'POST', headers, signal }
      const call = url.protocol === 'https:' ? httpsRequest(url, { ...how, agent: secure }) : httpRequest(url, { ...how, agent: plain })
      // Once there is an answer its reader hears of what happens to the connection, and the request has been seen.
      let isAnswered = false
      call.once('response', (reply) => {
        isAnswered = true
        resolve(reply)
      })
      // Nothing was asked for that could begin after it.
      call.once('upgrade', (_, socket) => {
        socket.destroy()
        reject(new Error('the answer changes the protocol'))
      })
      call.on('error', (error) => {
        if (!isAnswered && isStale(call, error) && !signal.aborted) resolve(begin(request, signal))
        else reject(error)
      })
      call.end(body)
    })

  return {
    post: async (request) => {
      const signal = AbortSignal.timeout(request.limit)
      try {
        const reply = await begin(request, signal)
        return { kind: 'replied', status: reply.statusCode ?? 0, headers: reply.headers, body: await read(reply) }
      } catch (error) {
        if (signal.aborted) return { kind: 'timed out' }
        const reason = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error)
        return { kind: 'failed', sentence: `${request.url.host}: ${reason}` }
      }
    },
    close: () => {
      plain.destroy()
      secure.destroy()
    },
  }
}
