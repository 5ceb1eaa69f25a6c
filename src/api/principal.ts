import type { Services } from '../context.ts'
import { parseAuthorization, type Sigv4Authorization, type Sigv4Fault } from '../crypto/parse-authorization.ts'
import { createSigningKeyCache, verifySignature } from '../crypto/verify-signature.ts'
import type { Policy } from '../domain/iam-policy.ts'
import { serverUid } from '../domain/server-uid.ts'
import { CognitoError } from '../errors.ts'
import { type OperationModel, signingName } from '../model/model.ts'
import type { ApiRequest } from './api-request.ts'
import { createPolicyReader } from './policy-reader.ts'
import { type Regions, regionOfUnsigned, requiredRegion } from './region.ts'

/** The actor of calls that nobody signed. */
export const anonymous = 'anonymous'

/** Who calls, and where the call goes. */
export interface Principal {
  /** The signer's ARN, or `anonymous`. */
  readonly actor: string
  readonly region: string
  /** Every one of them has to allow a call; undefined when nothing bounds the signer: IAM has no say in unsigned calls, and `any` checks nobody. */
  readonly policies: readonly Policy[] | undefined
}

/** Proves who makes a call; throws AWS's exceptions for whom it can't. */
export type Authenticator = (request: ApiRequest, operation: Pick<OperationModel, 'auth'>) => Promise<Principal>

/** `verify`: real access keys and signatures; `any` (development): a well-formed header is enough, and may do everything. */
export type AuthMode = 'any' | 'verify'

/**
 * Proves who signed a request (IAM guide, "Signature Version 4"). A signature that is present is verified on public operations
 * too; what is no AWS signature is ignored there (an access token in Authorization is none). Throws AWS's exceptions: a missing,
 * incomplete or wrong signature, an unknown or disabled key, a scope of another region or service, a clock more than five minutes off.
 */
export const createAuthenticator = (
  services: Pick<Services, 'store' | 'keyring' | 'clock' | 'policy'>,
  {
    mode,
    regions,
    mayAdminister = () => true,
  }: { readonly mode: AuthMode; readonly regions: Regions; readonly mayAdminister?: ((origin: string) => boolean) | undefined },
): Authenticator => {
  const signingKeys = createSigningKeyCache(256)
  const policyOf = createPolicyReader(256)

  const verify = async (request: ApiRequest, claim: Sigv4Authorization, region: string): Promise<Principal> => {
    if (request.headers['x-amz-security-token'] !== undefined) throw unrecognized(temporaryCredentials)
    const key = await services.store.accessKeys.byId(claim.accessKeyId)
    if (key === undefined || !key.enabled) throw unrecognized()
    const secret = await services.keyring.open('access-keys', serverUid, key.id, key.sealedSecret)
    if (secret === undefined) throw new Error(`the secret of access key ${key.id} does not open under the master key`)
    const secretKey = new TextDecoder().decode(secret)
    const expected = { region, service: signingName, cache: signingKeys }
    const fault = verifySignature(claim, request, secretKey, services.clock.now(), expected)
    if (fault !== undefined) throw refusal(fault)
    return { actor: userArn(services.policy.accountId, key.userName), region, policies: [policyOf(key.policy)] }
  }

  const accept = (claim: Sigv4Authorization, region: string): Principal => {
    if (claim.region !== region) throw new CognitoError('InvalidSignatureException', 'Credential should be scoped to a valid region. ')
    if (!/^[\w+=,.@-]{1,128}$/.test(claim.accessKeyId)) throw unrecognized()
    return { actor: userArn(services.policy.accountId, claim.accessKeyId), region, policies: undefined }
  }

  return async (request, operation) => {
    const { authorization, host } = request.headers
    if (isPresigned(request.query)) throw new CognitoError('IncompleteSignatureException', presigned)
    if (!authorization || (operation.auth !== 'sigv4' && !looksSigned(authorization))) {
      if (operation.auth === 'sigv4') throw new CognitoError('MissingAuthenticationTokenException', 'Missing Authentication Token')
      return { actor: anonymous, region: regionOfUnsigned(host, regions), policies: undefined }
    }
    const { origin } = request.headers
    // Where every signature is good, any page that somebody visits could rule the server of their own machine.
    if (mode === 'any' && operation.auth === 'sigv4' && origin !== undefined && !mayAdminister(origin)) {
      throw new CognitoError('AccessDeniedException', foreignPage)
    }
    const claim = parseAuthorization(authorization, request.headers['x-amz-date'] ?? request.headers['date'])
    if ('fault' in claim) throw refusal(claim)
    const region = requiredRegion(host, claim.region, regions)
    return mode === 'any' ? accept(claim, region) : await verify(request, claim, region)
  }
}

// Signature Version 2 began with `AWS `; it is refused rather than taken for no signature.
const looksSigned = (authorization: string): boolean => /^AWS[4 ]/i.test(authorization.trimStart())

const isPresigned = (query: string): boolean => /(?:^|&)X-Amz-(?:Signature|Algorithm|Credential)=/i.test(query)
const presigned = 'Presigned URLs are not supported here: send the signature in the Authorization header.'

const foreignPage =
  'A development server lets only pages of its own machine call administrative operations. Start it with --allowed-host NAME to allow another host.'

const temporaryCredentials =
  'Temporary credentials are not supported here: sign with an access key of this server and without X-Amz-Security-Token.'

const unrecognized = (more?: string): CognitoError => {
  const sentence = 'The security token included in the request is invalid.'
  return new CognitoError('UnrecognizedClientException', more === undefined ? sentence : `${sentence} ${more}`)
}

const refusal = ({ fault, message }: Sigv4Fault): CognitoError => new CognitoError(fault, message)

const userArn = (accountId: string, name: string): string => `arn:aws:iam::${accountId}:user/${name}`
