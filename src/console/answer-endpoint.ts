import { isObject } from '../domain/is-object.ts'
import { changePassword, showAccount, signOutEverywhere } from './account.ts'
import { ContendedAccount } from './amend-operator.ts'
import type { PlaceOf } from './console-place.ts'
import type { ConsoleRequest } from './console-request.ts'
import { type EndpointCall, type EndpointReply, refused, type SignedInCall, signInFirst } from './endpoint.ts'
import type { EndpointName } from './endpoint-paths.ts'
import { foreignFault } from './foreign-fault.ts'
import type { OperatorServices } from './operator-services.ts'
import { claimOf, findSignedIn } from './operator-sessions.ts'
import { createOperator, listOperators, removeOperator, resetOperator } from './operators.ts'
import { createProveOperator } from './prove-operator.ts'
import { beginSetUp, setUp } from './set-up.ts'
import { signIn, signOut } from './sign-in.ts'

/** Answers the endpoints of a console that people sign in to; undefined for every other address. */
export type AnswerEndpoint = (request: ConsoleRequest) => Promise<EndpointReply | undefined>

type Endpoint =
  | { readonly action: string; readonly open: (call: EndpointCall) => Promise<EndpointReply> }
  | { readonly action: string; readonly inside: (call: SignedInCall) => Promise<EndpointReply> }

const tableOf = (services: OperatorServices): Readonly<Partial<Record<EndpointName, Endpoint>>> => {
  const prove = createProveOperator(services)
  return {
    'POST /sign-in': { action: 'SignInToConsole', open: signIn(services, prove) },
    'POST /sign-out': { action: 'SignOutOfConsole', open: signOut(services) },
    'POST /set-up/begin': { action: 'OpenSetUpLink', open: beginSetUp(services) },
    'POST /set-up': { action: 'SetUpOperator', open: setUp(services) },
    'GET /account': { action: 'GetAccount', inside: showAccount },
    'POST /account/password': { action: 'ChangeOperatorPassword', inside: changePassword(services, prove) },
    'POST /account/sign-out-everywhere': { action: 'SignOutEverywhere', inside: signOutEverywhere(services) },
    'GET /operators': { action: 'ListOperators', inside: listOperators(services) },
    'POST /operators': { action: 'CreateOperator', inside: createOperator(services) },
    'POST /operators/reset': { action: 'ResetOperator', inside: resetOperator(services) },
    'POST /operators/remove': { action: 'DeleteOperator', inside: removeOperator(services) },
  }
}

/** How many bytes a body may have: what strangers send is a name, a password and a code; a policy may be longer. */
const mostBytes = (endpoint: Endpoint): number => ('open' in endpoint ? 16_384 : 65_536)

const bodyOf = ({ method, body }: ConsoleRequest): Readonly<Record<string, unknown>> | undefined => {
  if (method === 'GET') return {}
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body))
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

// Browsers send no Origin with a GET of the page's own.
const foreign = (request: ConsoleRequest): string | undefined =>
  foreignFault(request.method === 'GET' ? { headers: { origin: `https://${request.headers['host']}`, ...request.headers } } : request)

/** The endpoints over the services; each takes calls of the console's own page alone. */
export const createEndpoints = (services: OperatorServices, placeOf: PlaceOf): AnswerEndpoint => {
  const table = tableOf(services)
  const { random, clock, log } = services

  const answer = async (endpoint: Endpoint, request: ConsoleRequest, requestId: string): Promise<EndpointReply> => {
    const fault = foreign(request)
    if (fault !== undefined) return refused(403, 'AccessDeniedException', fault)
    const most = mostBytes(endpoint)
    if (request.body.length > most) return refused(413, 'SerializationException', `The body must have at most ${most} bytes.`)
    const body = bodyOf(request)
    if (body === undefined) return refused(400, 'SerializationException', 'The body must be an object of JSON.')
    const place = placeOf(request)
    const by = (actor: string) => ({ actor, requestId, action: endpoint.action, at: clock.now(), ip: request.remoteAddress })
    const call = { request, body, place, by }
    if ('open' in endpoint) return endpoint.open(call)
    const signedIn = await findSignedIn(services, claimOf(request, place), 'counts')
    return signedIn === undefined ? signInFirst() : endpoint.inside({ ...call, signedIn })
  }

  return async (request) => {
    const name = `${request.method} ${request.path.slice('/console'.length)}`
    const endpoint = Object.hasOwn(table, name) ? table[name as EndpointName] : undefined
    if (endpoint === undefined) return undefined
    const requestId = random.uuid()
    try {
      return await answer(endpoint, request, requestId)
    } catch (error) {
      if (error instanceof ContendedAccount) return refused(409, 'ConcurrentModificationException', error.message)
      log.error({ requestId, action: endpoint.action, err: error }, 'the console failed because of a fault of the server')
      return refused(500, 'InternalErrorException', `The server could not answer. Its log tells why, at ${requestId}.`)
    }
  }
}
