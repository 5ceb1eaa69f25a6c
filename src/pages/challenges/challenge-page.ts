import type { CognitoError } from '../../errors.ts'
import { answerChallenge, type SignInResult } from '../../flows/sign-in.ts'
import type { Fault } from '../fault.ts'
import type { PageReply } from '../page.ts'
import type { Step } from '../step.ts'
import { signInRequest, type Visit } from '../visit.ts'

/** How a challenge of the sign-in is asked and answered on a page. */
export interface ChallengePage {
  /** Asks; a fault says what was wrong with the answer before. */
  readonly show: (visit: Visit, step: Step, fault?: Fault) => Promise<PageReply>
  /** Answers with what was typed. Throws FormFault for what is missing, and CognitoError for what the sign-in refuses. */
  readonly answer: (visit: Visit, step: Step) => Promise<SignInResult>
  /** What a refusal means on this page; undefined where it means what it does everywhere. */
  readonly faultOf?: (visit: Visit, error: CognitoError) => Fault | undefined
  /** An answer uses the challenge up, right or wrong. */
  readonly isAnsweredOnce?: true
}

/** Answers a challenge with ChallengeResponses, as RespondToAuthChallenge would. */
export const respond = (
  { ctx, authorization, ...visit }: Visit,
  { username, challenge }: Step,
  responses: Readonly<Record<string, string>>,
) =>
  answerChallenge(ctx, authorization, challenge.name, {
    session: challenge.session,
    responses: { USERNAME: username, ...responses },
    request: signInRequest(visit),
  })
