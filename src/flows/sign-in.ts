import type { Context } from '../context.ts'
import type { AllowedFlow } from '../domain/app-client-config.ts'
import { nextStep, type Step } from '../domain/challenge.ts'
import type { Device } from '../domain/device.ts'
import type { Progress, Proof } from '../domain/progress.ts'
import { activeSecondFactors } from '../domain/second-factor.ts'
import type { ProvableFactors } from '../domain/step-up.ts'
import { configuredFunction } from '../domain/trigger-config.ts'
import type { User } from '../domain/user.ts'
import { invalidParameter, noSecondFactor, riskBlocked, temporaryPasswordExpired } from '../errors.ts'
import type { ChallengeNameType } from '../model/types.gen.ts'
import {
  type Answer,
  type Attempt,
  type Challenge,
  type KnownAttempt,
  type Passed,
  requiredResponse,
  type SignInRequest,
} from './attempt.ts'
import { answerCustomChallenge } from './challenges/custom-challenge.ts'
import { answerDevicePasswordVerifier } from './challenges/device-password-verifier.ts'
import { answerDeviceSrpAuth, issueDeviceSrpAuth } from './challenges/device-srp-auth.ts'
import { answerEmailOtp } from './challenges/email-otp.ts'
import { answerMfaSetup, issueMfaSetup } from './challenges/mfa-setup.ts'
import { answerNewPasswordRequired, issueNewPasswordRequired } from './challenges/new-password-required.ts'
import { answerPassword, passPassword } from './challenges/password.ts'
import { answerPasswordSrp } from './challenges/password-srp.ts'
import { answerPasswordVerifier, issuePasswordVerifier } from './challenges/password-verifier.ts'
import { answerSelectChallenge, issueSelectChallenge } from './challenges/select-challenge.ts'
import { answerSelectMfaType, issueSelectMfaType } from './challenges/select-mfa-type.ts'
import { answerSmsMfa } from './challenges/sms-mfa.ts'
import { answerSmsOtp } from './challenges/sms-otp.ts'
import { answerSoftwareTokenMfa } from './challenges/software-token-mfa.ts'
import { answerWebAuthn } from './challenges/web-authn.ts'
import { beginChoice, type Choice } from './choice.ts'
import { continueCustomAuth, withRound } from './custom-auth.ts'
import { type NewDevice, newDevice, requirePresentedDevice } from './devices.ts'
import { findUser } from './find-user.ts'
import { challengesFor, firstFactors } from './first-factors.ts'
import { issueMfa } from './issue-mfa.ts'
import type { OpenClient } from './open-client.ts'
import { type Candidate, findCandidate, requireSignInStatus } from './prove-password.ts'
import { requireAllowedAddress } from './risk.ts'
import { findSignedUp, passPageSignUp } from './sign-up-session.ts'
import { postAuthentication } from './triggers/post-authentication.ts'
import { preAuthentication } from './triggers/pre-authentication.ts'
import { migrateUser } from './triggers/user-migration.ts'
import { assessed, recordingFailures, recordSignIn } from './watched-sign-in.ts'

/** Somebody who has proved everything that pool and client ask for; what tokens are made from. */
export interface Authenticated extends OpenClient {
  readonly user: User
  /** Epoch milliseconds. */
  readonly authTime: number
  readonly proofs: readonly Proof[]
  /** A second factor was proved, or what counts as one. */
  readonly secondFactor?: true | undefined
  /** The pool's own challenges were passed. */
  readonly customDone?: true | undefined
  /** The user has just set a first password (PreTokenGeneration's source differs). */
  readonly newPassword: boolean
  /** A device has proved itself in this sign-in (PreTokenGeneration's source differs). */
  readonly deviceProved: boolean
  /** The device that the tokens belong to, where the pool tracks devices. */
  readonly deviceKey: string | undefined
  /** That device's keys, when it was not known before. */
  readonly newDevice: NewDevice | undefined
  /** Names the sign-in in the tokens and in the user's history. */
  readonly eventId: string
  readonly request: SignInRequest
}

/** How one step of a sign-in ends. */
export type SignInResult = Challenge | { readonly kind: 'authenticated'; readonly authenticated: Authenticated }

/** How a sign-in begins. */
export type Beginning =
  | ({ readonly username: string } & (
      | { readonly kind: 'password'; readonly password: string }
      | { readonly kind: 'srp'; readonly srpA: string }
      | { readonly kind: 'choice'; readonly choice: Choice }
      /** `srpA` where the password goes before the custom challenges. */
      | { readonly kind: 'custom'; readonly srpA: string | undefined }
    ))
  /** Of somebody who has just confirmed a sign-up on a page of ours, from the same browser. */
  | { readonly kind: 'signed up'; readonly session: string }

/** The device that the client says it is, if the user confirmed one with that key. */
const presentedDevice = async (ctx: Context, { pool, user, progress }: KnownAttempt): Promise<Device | undefined> =>
  pool.DeviceConfiguration === undefined || progress.deviceKey === undefined
    ? undefined
    : ctx.store.devices.byKey(pool.uid, user.id, progress.deviceKey)

const complete = async (ctx: Context, attempt: KnownAttempt, device: Device | undefined): Promise<SignInResult> => {
  const { pool, client, user, progress, request } = attempt
  // Whatever state a step on the way could mend or overlook.
  requireSignInStatus(attempt, user)
  // Managed login never offers to remember a device (developer guide, "Working with user devices").
  const tracked = pool.DeviceConfiguration !== undefined && request.surface !== 'hosted'
  const fresh = tracked && device === undefined ? await newDevice(ctx, pool, user) : undefined
  await postAuthentication(ctx, attempt, fresh !== undefined)
  const eventId = ctx.random.uuid()
  await recordSignIn(ctx, attempt, eventId)
  return {
    kind: 'authenticated',
    authenticated: {
      pool,
      client,
      user,
      authTime: progress.authTime ?? ctx.clock.now(),
      proofs: progress.proofs,
      secondFactor: progress.secondFactor,
      customDone: progress.customDone,
      newPassword: progress.newPassword === true,
      deviceProved: progress.deviceProved === true,
      deviceKey: device?.key ?? fresh?.DeviceKey,
      newDevice: fresh,
      eventId,
      request,
    },
  }
}

const askSecondFactor = (
  ctx: Context,
  attempt: KnownAttempt,
  step: Extract<Step, { kind: 'second factor' }>['step'],
): Promise<Challenge> => {
  switch (step.kind) {
    case 'ask':
      return issueMfa(ctx, attempt, step.factor)
    case 'select':
      return issueSelectMfaType(ctx, attempt, step.factors)
    case 'set up':
      return issueMfaSetup(ctx, attempt, step.factors)
    case 'impossible':
      throw noSecondFactor()
    case 'blocked':
      throw riskBlocked()
  }
}

/** What the user could prove, where a sign-in aims at a level. */
const provable = async (ctx: Context, attempt: KnownAttempt): Promise<ProvableFactors | undefined> =>
  attempt.progress.target && {
    first: await firstFactors(ctx, attempt),
    second: activeSecondFactors(attempt.pool, attempt.user),
  }

/** Does whatever comes next for somebody who has proved something: the next challenge, or the end. */
const advance = async (ctx: Context, proved: KnownAttempt): Promise<SignInResult> => {
  const attempt = await assessed(ctx, proved)
  const { pool, user, progress } = attempt
  const device = await presentedDevice(ctx, attempt)
  const step = nextStep(pool, user, progress, { now: ctx.clock.now(), device, provable: await provable(ctx, attempt) })
  switch (step.kind) {
    case 'temporary password expired':
      throw temporaryPasswordExpired()
    case 'new password':
      return issueNewPasswordRequired(ctx, attempt)
    case 'custom':
      return goOn(ctx, attempt, await continueCustomAuth(ctx, attempt))
    case 'device':
      return issueDeviceSrpAuth(ctx, attempt)
    case 'first factor':
      return issueSelectChallenge(ctx, attempt, challengesFor(step.factors))
    case 'second factor':
      return askSecondFactor(ctx, attempt, step.step)
    case 'done':
      return complete(ctx, attempt, device)
  }
}

const goOn = (ctx: Context, attempt: Attempt, outcome: Passed | Challenge): Promise<SignInResult> | SignInResult => {
  if (outcome.kind === 'challenge') return outcome
  const { user, progress } = outcome
  return advance(ctx, { ...attempt, candidate: { ...attempt.candidate, user, subject: user.id }, user, progress })
}

/** Who wants to sign in; somebody whom the pool does not know may be brought over by its UserMigration function. */
const candidateOf = async (ctx: Context, opened: OpenClient, beginning: Beginning, request: SignInRequest): Promise<Candidate> => {
  if (beginning.kind === 'signed up') return findSignedUp(ctx, opened, beginning.session, request)
  const { username } = beginning
  if (beginning.kind === 'password' && configuredFunction(opened.pool, 'UserMigration') !== undefined) {
    const known = await findUser(ctx, opened.pool, username)
    const user = known ?? (await migrateUser(ctx, opened, username, beginning.password, request))
    if (user !== undefined) return { typed: username, user, subject: user.id }
  }
  return findCandidate(ctx, opened, username)
}

const begin = async (ctx: Context, attempt: Attempt, beginning: Beginning): Promise<Passed | Challenge> => {
  switch (beginning.kind) {
    case 'password': {
      const passed = await passPassword(ctx, attempt, beginning.password)
      await requirePresentedDevice(ctx, attempt.pool, passed.user, attempt.progress.deviceKey)
      return passed
    }
    case 'srp':
      return issuePasswordVerifier(ctx, attempt, beginning.srpA)
    case 'choice':
      return beginChoice(ctx, attempt, beginning.choice)
    case 'custom':
      return continueCustomAuth(ctx, attempt, beginning.srpA)
    case 'signed up':
      return passPageSignUp(ctx, attempt, beginning.session)
  }
}

const flowOf = ({ kind }: Beginning, { surface }: SignInRequest): AllowedFlow | undefined => {
  if (kind === 'signed up') return undefined
  if (surface === 'hosted') return kind === 'custom' ? 'CUSTOM_AUTH' : undefined
  const password = surface === 'admin' ? 'ADMIN_USER_PASSWORD_AUTH' : 'USER_PASSWORD_AUTH'
  return ({ password, srp: 'USER_SRP_AUTH', choice: 'USER_AUTH', custom: 'CUSTOM_AUTH' } as const)[kind]
}

const firstProgress = (beginning: Beginning, request: SignInRequest, deviceKey: string | undefined): Progress => {
  const { kind } = beginning
  const begun = { allowedBy: flowOf(beginning, request), proofs: [], deviceKey }
  if (kind !== 'custom') return { ...begun, flow: kind === 'choice' ? 'choice' : 'password' }
  const rounds = beginning.srpA === undefined ? [] : [{ challengeName: 'SRP_A', challengeResult: true }]
  return { ...begun, flow: 'custom', rounds }
}

/** Begins a sign-in: every surface enters here. Throws what AWS answers for a wrong password, a locked or disabled user and the like. */
export const beginSignIn = async (
  ctx: Context,
  opened: OpenClient,
  beginning: Beginning,
  request: SignInRequest,
  deviceKey: string | undefined,
): Promise<SignInResult> => {
  requireAllowedAddress(ctx, opened, request)
  const candidate = await candidateOf(ctx, opened, beginning, request)
  const attempt: Attempt = { ...opened, candidate, progress: firstProgress(beginning, request, deviceKey), request }
  await preAuthentication(ctx, attempt)
  // What InitiateAuth brings along reaches no trigger after these (API_InitiateAuth, ClientMetadata).
  const silent = { ...attempt, request: { ...request, clientMetadata: undefined } }
  return goOn(ctx, silent, await recordingFailures(ctx, opened, request, () => begin(ctx, silent, beginning)))
}

const answerers: Partial<Record<ChallengeNameType, (ctx: Context, opened: OpenClient, answer: Answer) => Promise<Passed | Challenge>>> = {
  SELECT_CHALLENGE: answerSelectChallenge,
  PASSWORD: answerPassword,
  PASSWORD_SRP: answerPasswordSrp,
  PASSWORD_VERIFIER: answerPasswordVerifier,
  NEW_PASSWORD_REQUIRED: answerNewPasswordRequired,
  SMS_MFA: answerSmsMfa,
  EMAIL_OTP: answerEmailOtp,
  SMS_OTP: answerSmsOtp,
  SOFTWARE_TOKEN_MFA: answerSoftwareTokenMfa,
  SELECT_MFA_TYPE: answerSelectMfaType,
  MFA_SETUP: answerMfaSetup,
  WEB_AUTHN: answerWebAuthn,
  DEVICE_SRP_AUTH: answerDeviceSrpAuth,
  DEVICE_PASSWORD_VERIFIER: answerDevicePasswordVerifier,
}

/** Answers a challenge and goes on to whatever comes next. */
export const answerChallenge = async (
  ctx: Context,
  opened: OpenClient,
  challenge: ChallengeNameType,
  answer: Answer,
): Promise<SignInResult> => {
  const { request } = answer
  requireAllowedAddress(ctx, opened, request)
  if (challenge === 'CUSTOM_CHALLENGE') {
    const attempt = await answerCustomChallenge(ctx, opened, answer)
    return goOn(ctx, attempt, await continueCustomAuth(ctx, attempt))
  }
  const answerer = answerers[challenge]
  // guess: a challenge that is never issued, such as ADMIN_NO_SRP_AUTH, answers InvalidParameterException.
  if (answerer === undefined) throw invalidParameter(`The challenge ${challenge} can't be answered.`)
  requiredResponse(answer, 'USERNAME')
  const outcome = await recordingFailures(ctx, opened, request, () => answerer(ctx, opened, answer))
  if (outcome.kind === 'challenge') return outcome
  const { user, progress } = outcome
  const attempt: KnownAttempt = {
    ...opened,
    candidate: { typed: user.username, user, subject: user.id },
    user,
    progress,
    request,
  }
  const custom = progress.flow === 'custom' && progress.customDone !== true
  return advance(ctx, custom ? withRound(attempt, challenge) : attempt)
}
