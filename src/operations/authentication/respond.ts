import type { Context } from '../../context.ts'
import { missingParameter } from '../../errors.ts'
import type { SignInRequest } from '../../flows/attempt.ts'
import { type OpenClient, requireSecretHash } from '../../flows/open-client.ts'
import { answerChallenge } from '../../flows/sign-in.ts'
import type { RespondToAuthChallengeRequest, RespondToAuthChallengeResponse } from '../../model/types.gen.ts'
import { signInAnswer } from './initiate.ts'

/** RespondToAuthChallenge and AdminRespondToAuthChallenge: one step further in a sign-in. */
export const respond = async (
  ctx: Context,
  opened: OpenClient,
  input: Pick<RespondToAuthChallengeRequest, 'ChallengeName' | 'Session' | 'ChallengeResponses'>,
  request: SignInRequest,
): Promise<RespondToAuthChallengeResponse> => {
  const responses = input.ChallengeResponses ?? {}
  const username = responses['USERNAME']
  if (!username) throw missingParameter('USERNAME')
  await requireSecretHash(ctx, opened.client, [username], responses['SECRET_HASH'])
  return signInAnswer(ctx, await answerChallenge(ctx, opened, input.ChallengeName, { session: input.Session, responses, request }))
}
