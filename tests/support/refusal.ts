import { CognitoIdentityProviderServiceException } from '@aws-sdk/client-cognito-identity-provider'

/** The exception of the service that a call of the AWS SDK ends in; throws when it ends otherwise. */
export const refusal = async (call: Promise<unknown>): Promise<CognitoIdentityProviderServiceException> => {
  const outcome = await call.then(
    () => 'the call succeeded',
    (error: unknown) => error,
  )
  if (outcome instanceof CognitoIdentityProviderServiceException) return outcome
  throw new Error(`expected an exception of the service, got ${String(outcome)}`)
}
