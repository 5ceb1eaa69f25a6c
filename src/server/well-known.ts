import type { ApiReply } from '../api/api-request.ts'
import type { Services } from '../context.ts'
import { discovery } from '../oauth/discovery.ts'
import { jwks } from '../oauth/jwks.ts'
import { jsonReply } from './plain-reply.ts'

/** Seconds; short against the day for which a key is published before it signs. */
const maxAge = 300

type Document = (services: Pick<Services, 'store' | 'signingKeys' | 'policy'>, poolId: string) => Promise<object | undefined>
const documents = new Map<string, Document>([
  ['jwks.json', jwks],
  ['openid-configuration', discovery],
])
const documentPath = /^\/([\w-]+_[0-9a-zA-Z]+)\/\.well-known\/(jwks\.json|openid-configuration)$/

/** Whether a path is that of a document, of whatever pool. */
export const isDocumentPath = (path: string): boolean => documentPath.test(path)

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/**
 * What verifiers of tokens fetch, for pages of any origin: `/<pool id>/.well-known/jwks.json` and `openid-configuration`. Undefined for
 * another path.
 */
export const answerWellKnown = async (
  services: Pick<Services, 'store' | 'signingKeys' | 'policy'>,
  path: string,
): Promise<ApiReply | undefined> => {
  const [, poolId = '', name = ''] = documentPath.exec(path.includes('%') ? decoded(path) : path) ?? []
  const body = await documents.get(name)?.(services, poolId)
  if (body !== undefined) return jsonReply(200, body, { 'access-control-allow-origin': '*', 'cache-control': `public, max-age=${maxAge}` })
  if (poolId === '') return undefined
  const refusal = { code: 'ResourceNotFoundException', message: `User pool ${poolId} does not exist.`, type: 'client' }
  return jsonReply(404, refusal, { 'access-control-allow-origin': '*' })
}
