import { useRef, useState } from 'react'
import { ApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useSession } from '../../shell/session-gate.tsx'
import type { Asked } from './challenge.ts'
import { type Reason, type RefusalFacts, reasonOf } from './refusal-reason.ts'
import type { TestRequest } from './request.ts'
import { type Attempt, createSignInRun, type Outcome, type SignInRun } from './run-sign-in.ts'
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
}

const nothing: SignInState = { steps: [], outcome: undefined, refused: undefined, secretCode: '' }

/** What an administrator sees of the user whose sign-in was refused; undefined where that can't be told. */
const findUser = async ({ poolId, username }: Attempt): Promise<RefusalFacts['user']> => {
  if (username === '') return undefined
  try {
    return await call('AdminGetUser', { UserPoolId: poolId, Username: username })
  } catch (error) {
    return error instanceof ApiError && error.code === 'UserNotFoundException' ? 'none' : undefined
  }
}

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
    const outcome = await work(now.run).catch(
      (error: unknown): Outcome => ({
        kind: 'refused',
        code: 'Error',
        message: error instanceof Error ? error.message : String(error),
        operation: 'This page',
        challenge: undefined,
      }),
    )
    if (outcome.kind === 'refused') {
      const { flow } = now.attempt
      const facts = {
        ...outcome,
        flow,
        flowFault: now.flowFault,
        user: await findUser(now.attempt),
      }
      // The challenge stays, because a wrong code may be typed again.
      setState((before) => ({ ...before, refused: { ...outcome, reason: reasonOf(facts) } }))
    } else {
      setState((before) => ({
        ...before,
        outcome,
        refused: undefined,
        secretCode: (outcome.kind === 'asked' && outcome.secretCode) || before.secretCode,
      }))
    }
    setPending(false)
  }

  return {
    ...state,
    pending,
    begin: (attempt: Attempt, flowFault: string | undefined): Promise<void> => {
      const target = targetOf(session, attempt.poolId)
      const send = async (title: string, request: TestRequest) => {
        const answer = await sendRequest(request, target)
        setState((before) => ({ ...before, steps: [...before.steps, { number: before.steps.length + 1, title, request, answer }] }))
        return answer
      }
      const tools = { send, secret: crypto.getRandomValues(new Uint8Array(32)), now: Date.now }
      running.current = { run: createSignInRun(attempt, tools), attempt, flowFault }
      setState(({ secretCode }) => ({ ...nothing, secretCode }))
      return proceed((run) => run.begin())
    },
    respond: (asked: Asked, filled: Readonly<Record<string, string>>): Promise<void> => proceed((run) => run.respond(asked, filled)),
  }
}
