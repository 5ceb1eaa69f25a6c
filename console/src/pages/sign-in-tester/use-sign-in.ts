import { useRef, useState } from 'react'
import { ApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useSession } from '../../shell/session-gate.tsx'
import { createApiRun } from './api-run.ts'
import type { Attempt } from './attempt.ts'
import type { Asked } from './challenge.ts'
import { isOAuth } from './flows.ts'
import type { Handed } from './handed-back.ts'
import { createOAuthRun } from './oauth-run.ts'
import type { Outcome, RunTools, SignInRun } from './outcome.ts'
import { base64Url } from './pkce.ts'
import { type Reason, type RefusalFacts, reasonOf } from './refusal-reason.ts'
import type { TestAnswer, TestRequest } from './request.ts'
import { sendRequest, targetOf } from './send-request.ts'
import type { TestStep } from './step-view.tsx'

type Refused = Extract<Outcome, { kind: 'refused' }>

/** What the tester shows of a sign-in. */
export interface SignInState {
  readonly steps: readonly TestStep[]
  readonly outcome: Exclude<Outcome, Refused> | undefined
  readonly refused: (Refused & { readonly reason: Reason }) | undefined
  /** The secret of an authenticator that was set up here; empty for none. */
  readonly secretCode: string
  /** What runs, or ran last. */
  readonly attempt: Attempt | undefined
}

const nothing: SignInState = { steps: [], outcome: undefined, refused: undefined, secretCode: '', attempt: undefined }

/** What an administrator sees of the user whose sign-in was refused; undefined where that can't be told. */
const findUser = async ({ poolId, username, flow }: Attempt): Promise<RefusalFacts['user']> => {
  if (username === '' || isOAuth(flow)) return undefined
  try {
    return await call('AdminGetUser', { UserPoolId: poolId, Username: username })
  } catch (error) {
    return error instanceof ApiError && error.code === 'UserNotFoundException' ? 'none' : undefined
  }
}

const brokenBy = (error: unknown): Outcome => ({
  kind: 'refused',
  code: 'Error',
  message: error instanceof Error ? error.message : String(error),
  operation: 'This page',
  challenge: undefined,
})

/** Runs sign-ins, one at a time; a new one begins with an empty page. */
export const useSignIn = () => {
  const session = useSession()
  const [state, setState] = useState(nothing)
  const [pending, setPending] = useState(false)
  const running = useRef<{ readonly run: SignInRun; readonly attempt: Attempt; readonly flowFault: string | undefined }>(undefined)

  const proceed = async (work: (run: SignInRun) => Promise<Outcome>): Promise<void> => {
    const now = running.current
    if (now === undefined || pending) return
    setPending(true)
    const outcome = await work(now.run).catch(brokenBy)
    if (outcome.kind === 'refused') {
      const reason = reasonOf({ ...outcome, flow: now.attempt.flow, flowFault: now.flowFault, user: await findUser(now.attempt) })
      // The challenge stays, because a wrong code may be typed again.
      setState((before) => ({ ...before, refused: { ...outcome, reason } }))
    } else {
      const secretCode = outcome.kind === 'asked' ? outcome.secretCode : undefined
      setState((before) => ({ ...before, outcome, refused: undefined, secretCode: secretCode ?? before.secretCode }))
    }
    setPending(false)
  }

  const toolsFor = (attempt: Attempt): RunTools => {
    const target = targetOf(session, attempt.poolId)
    const note = (title: string, request: TestRequest, answer: TestAnswer) =>
      setState((before) => ({ ...before, steps: [...before.steps, { number: before.steps.length + 1, title, request, answer }] }))
    return {
      note,
      send: async (title, request) => {
        const answer = await sendRequest(request, target)
        note(title, request, answer)
        return answer
      },
      secret: crypto.getRandomValues(new Uint8Array(32)),
      unguessable: () => base64Url(crypto.getRandomValues(new Uint8Array(24))),
      now: Date.now,
    }
  }

  return {
    ...state,
    pending,
    begin: (attempt: Attempt, flowFault: string | undefined): Promise<void> => {
      const createRun = isOAuth(attempt.flow) ? createOAuthRun : createApiRun
      running.current = { run: createRun(attempt, toolsFor(attempt)), attempt, flowFault }
      setState(({ secretCode }) => ({ ...nothing, secretCode, attempt }))
      return proceed((run) => run.begin())
    },
    respond: (asked: Asked, filled: Readonly<Record<string, string>>): Promise<void> => proceed((run) => run.respond(asked, filled)),
    receive: (handed: Handed): Promise<void> => proceed((run) => run.receive(handed)),
  }
}
