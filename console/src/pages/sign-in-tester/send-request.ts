import { connection } from '../../api/connection.ts'
import { consoleUrl } from '../../api/console-url.ts'
import { consoleHeaders } from '../../api/page-key.ts'
import { publicBase } from '../../api/public-base.ts'
import type { Session } from '../../api/session.ts'
import { signInAgain } from '../../api/sign-in-again.ts'
import type { ClientPair, Target, TestAnswer, TestRequest } from './request.ts'

/** The server of this console as programs reach it. */
export const targetOf = (session: Pick<Session, 'mode' | 'publicUrl'>, poolId: string): Target => ({
  endpoint: publicBase(session),
  region: poolId.split('_', 1)[0] ?? '',
})

const basicOf = (pair: ClientPair | undefined): Record<string, string> =>
  pair === undefined ? {} : { authorization: `Basic ${btoa(`${pair.clientId}:${pair.clientSecret}`)}` }

/** A request that this page can send. */
type Sendable = Exclude<TestRequest, { kind: 'page' }>

const post = (request: Sendable, { endpoint, region }: Target): Promise<Response> => {
  if (request.kind === 'form') {
    const headers: Record<string, string> = basicOf(request.basic)
    return fetch(endpoint + request.path, { method: 'POST', headers, body: new URLSearchParams(request.form), credentials: 'omit' })
  }
  return fetch(consoleUrl('api'), {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${request.operation}`,
      ...consoleHeaders(),
      'x-poolhouse-region': region,
    },
    body: JSON.stringify(request.input),
  })
}

const isSignedOut = (text: string): boolean => text.includes('"MissingAuthenticationTokenException"')

/**
 * Sends a request and answers what came back, refusals too: operations through the console's API, where the operator's session stands for
 * signatures, and forms to the public token endpoint. Status 0 where no server answered.
 */
export const sendRequest = async (request: TestRequest, target: Target): Promise<TestAnswer> => {
  if (request.kind === 'page') throw new Error('A page is opened, not asked.')
  const began = performance.now()
  try {
    const answer = await post(request, target)
    const text = await answer.text()
    if (request.kind === 'operation' && !answer.ok && isSignedOut(text)) {
      const isSignedIn = await signInAgain(new Error('given up')).then(
        () => true,
        () => false,
      )
      if (isSignedIn) return sendRequest(request, target)
    }
    const requestId = answer.headers.get('x-amzn-requestid') ?? undefined
    return { status: answer.status, text, requestId, milliseconds: Math.round(performance.now() - began) }
  } catch {
    connection.lost()
    return { status: 0, text: '', requestId: undefined, milliseconds: Math.round(performance.now() - began) }
  }
}
