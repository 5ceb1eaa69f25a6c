import { openClient, requireSecretHash } from '../../flows/open-client.ts'
import { selfSignUp } from '../../flows/self-sign-up.ts'
import { publicRequest } from '../../flows/sign-in-request.ts'
import { signUpSession } from '../../flows/sign-up-session.ts'
import { validationDataOf } from '../../flows/triggers/event-attributes.ts'
import type { Operation } from '../operation.ts'

/** Registers a user in the app client's pool and sends the confirmation code. */
export const signUp: Operation<'SignUp'> = async (ctx, input) => {
  const opened = await openClient(ctx, input.ClientId)
  const { client } = opened
  await requireSecretHash(ctx, client, [input.Username], input.SecretHash)
  const { user, confirmed, delivered } = await selfSignUp(ctx, opened, {
    username: input.Username,
    password: input.Password,
    attributes: input.UserAttributes ?? [],
    validationData: validationDataOf(input.ValidationData),
    request: publicRequest(input),
  })
  // As reported, only clients that could sign in with it get one.
  const Session = client.ExplicitAuthFlows?.includes('ALLOW_USER_AUTH') ? await signUpSession(ctx, opened, user) : undefined
  return { UserConfirmed: confirmed, UserSub: user.id, CodeDeliveryDetails: delivered, Session }
}
