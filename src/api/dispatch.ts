import type { Services } from '../context.ts'
import { CognitoError } from '../errors.ts'
import type { OperationModel } from '../model/model.ts'
import { redact } from '../model/redact.ts'
import type { OperationName } from '../model/types.gen.ts'
import { validateInput } from '../model/validate.ts'
import { toWire } from '../model/wire.ts'
import type { operations as operationTable } from '../operations/index.ts'
import type { Operation } from '../operations/operation.ts'
import type { ApiReply, ApiRequest } from './api-request.ts'
import { authorise, mayChooseIds } from './authorise.ts'
import { contextOf } from './context-of.ts'
import { unlistedErrorFault } from './error-guard.ts'
import { parseBody } from './parse-body.ts'
import { type Authenticator, type AuthMode, anonymous, createAuthenticator } from './principal.ts'
import { errorReply, notUnderstoodReply, successReply, throttledReply, wrongContentTypeReply } from './reply.ts'
import type { RequestRates } from './request-rates.ts'
import { routeOf } from './route.ts'

/** How a server treats calls. */
export interface ApiSettings {
  readonly auth: AuthMode
  /** Takes the place of signatures on a surface of its own, where operators are signed in (the console's). */
  readonly authenticate?: Authenticator | undefined
  /** Where calls go that name no region. */
  readonly defaultRegion: string
  /** `any`: whether a page of that origin may make calls that want a signature; any page may where none is given. */
  readonly mayAdminister?: ((origin: string) => boolean) | undefined
  /** Whether everybody may choose ids of pools and clients (`dev`), or only whose policy allows poolhouse:ChooseId. */
  readonly idsChosenBy: 'everybody' | 'permission'
  /** Tests only: an error that the operation's model doesn't list answers InternalErrorException and is logged as a bug. */
  readonly strictErrors: boolean
  /** Undefined: requests are not limited. */
  readonly rates?: RequestRates | undefined
}

/** What the log says of a request that failed. */
interface Trace {
  readonly operation: OperationModel
  input: Record<string, unknown> | undefined
}

/** Answers a request on the AWS JSON surface; never rejects. */
export type Dispatcher = (request: ApiRequest) => Promise<ApiReply>

/** A dispatcher over a table of operations: route, authenticate, parse, validate, authorise, run, write. */
export const createDispatcher = ({
  services,
  operations,
  settings,
}: {
  readonly services: Services
  readonly operations: typeof operationTable
  readonly settings: ApiSettings
}): Dispatcher => {
  const { log, meter, policy, random } = services
  const authenticate =
    settings.authenticate ??
    createAuthenticator(services, {
      mode: settings.auth,
      mayAdminister: settings.mayAdminister,
      regions: { served: policy.regions, default: settings.defaultRegion },
    })

  const answer = async (request: ApiRequest, requestId: string, trace: Trace): Promise<ApiReply> => {
    const { operation } = trace
    const principal = await authenticate(request, operation)
    // The cast that the model justifies: it has proved that the input fits the operation of that name.
    const run = operations[operation.name] as Operation<OperationName> | undefined
    if (run === undefined) throw new CognitoError('NotImplementedException', `${operation.name} is not implemented yet.`)
    const input = provenInput(operation, parseBody(request.body))
    trace.input = input
    await authorise(services, operation, principal, input)
    const throttle = settings.rates?.takeFor(operation.name, principal.region, input, {
      isSigner: principal.actor !== anonymous,
      address: request.remoteAddress,
    })
    if (throttle !== undefined) {
      meter.count('throttles', { category: throttle.category })
      meter.count('requests', { operation: operation.name, outcome: 'TooManyRequestsException' })
      return throttledReply(requestId, throttle.wait)
    }
    const ctx = contextOf(services, {
      requestId,
      operation: operation.name,
      region: principal.region,
      actor: principal.actor,
      ip: request.remoteAddress,
      userAgent: request.headers['user-agent'],
      takeUserRate: (userId) => {
        const granted = settings.rates?.takeForUser(operation.name, userId) ?? true
        if (!granted) meter.count('throttles', { category: 'PerUser' })
        return granted
      },
      mayChooseIds: settings.idsChosenBy === 'everybody' || (await mayChooseIds(services, operation.name, principal, input)),
    })
    const output = await run(ctx, input as never).catch((error: unknown) => {
      const bug = settings.strictErrors ? unlistedErrorFault(operation, error) : undefined
      throw bug === undefined ? error : new Error(bug, { cause: error })
    })
    meter.count('requests', { operation: operation.name, outcome: 'ok' })
    return successReply(requestId, operation.output && toWire(operation, output))
  }

  return async (request) => {
    const requestId = random.uuid()
    let trace: Trace | undefined
    try {
      const route = routeOf(request)
      if (route === 'no target') return notUnderstoodReply(requestId)
      if (route === 'wrong content type') return wrongContentTypeReply(requestId)
      trace = { operation: route, input: undefined }
      return await answer(request, requestId, trace)
    } catch (error) {
      const operation = trace?.operation
      const refusal = error instanceof CognitoError ? error : internalError(operation)
      meter.count('requests', { operation: operation?.name ?? 'unknown', outcome: refusal.code })
      if (error === refusal) {
        log.debug({ requestId, operation: operation?.name, code: refusal.code }, 'refused')
        return errorReply(requestId, refusal)
      }
      const input = operation && redact(operation.input, trace?.input)
      log.error({ requestId, operation: operation?.name, input, err: error }, 'a request failed because of a fault of the server')
      return errorReply(requestId, refusal)
    }
  }
}

const provenInput = (operation: OperationModel, json: unknown): Record<string, unknown> => {
  const checked = validateInput(operation, json)
  if (checked.kind === 'ok') return checked.value
  throw new CognitoError(checked.kind === 'serialization' ? 'SerializationException' : 'InvalidParameterException', checked.message)
}

// Some newer operations list this error under another name.
const internalError = (operation: OperationModel | undefined): CognitoError =>
  new CognitoError(
    operation?.errors.has('InternalServerException') ? 'InternalServerException' : 'InternalErrorException',
    'The server could not answer. Its log tells why, under the request id of this answer.',
  )
