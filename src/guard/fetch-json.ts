import type { FetchJson } from './public-keys.ts'

const patienceMs = 5000
const maxBytes = 1_000_000

/** Reads a JSON document of at most a megabyte within five seconds, following no redirect. */
export const fetchJson: FetchJson = async (url) => {
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(patienceMs), headers: { accept: 'application/json' } })
  if (answer.status !== 200) {
    await answer.body?.cancel()
    throw new Error(`${url} answered ${answer.status}`)
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body ?? []) {
    size += chunk.byteLength
    if (size > maxBytes) throw new Error(`${url} answered more than a megabyte`)
    chunks.push(chunk)
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}
