import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useEffect, useState } from 'react'
import { Page } from '../components/page.tsx'
import { navigate } from '../router/location.ts'
import type { PageProps } from '../router/page-props.ts'
import { setQuery } from '../router/set-query.ts'
import { useSession } from '../shell/session-gate.tsx'
import { AttemptForm } from './sign-in-tester/attempt-form.tsx'
import { refreshFlow } from './sign-in-tester/flows.ts'
import { handedIn } from './sign-in-tester/handed-back.ts'
import { OutcomeView, type Refreshable } from './sign-in-tester/outcome-view.tsx'
import { ownAddress } from './sign-in-tester/own-address.ts'
import { ReturnedView } from './sign-in-tester/returned-view.tsx'
import { targetOf } from './sign-in-tester/send-request.ts'
import { StepView } from './sign-in-tester/step-view.tsx'
import { type Typed, typedNothing } from './sign-in-tester/typed.ts'
import { useSignIn } from './sign-in-tester/use-sign-in.ts'
import { useTestedClient } from './sign-in-tester/use-tested-client.ts'
import { TokenView } from './tokens/token-view.tsx'

const help = {
  title: 'Sign-in tester',
  body: 'The page signs in as an app would, and shows every request and answer. It really signs in: failed attempts count, messages are sent, and what you run stands in the user’s history. Passwords and client secrets are not kept. Remembered devices cannot be tried here. A passkey belongs to the address of the login pages, and browsers show it to no other page: run the flow with login pages and an authorization code to sign in with one.',
}

const Tester = ({ poolId }: { readonly poolId: string }) => {
  const signIn = useSignIn()
  const tested = useTestedClient(poolId)
  const target = targetOf(useSession(), poolId)
  const [typed, setTyped] = useState(typedNothing)
  const type = (changes: Partial<Typed>) => setTyped((before) => ({ ...before, ...changes }))
  const takeUp = ({ refreshToken, username }: Refreshable) => {
    type({ refreshToken })
    setQuery({ flow: refreshFlow(tested.client?.settings ?? {}), ...(username !== undefined && { username }) })
    window.scrollTo(0, 0)
  }
  const { steps, outcome } = signIn
  return (
    <SpaceBetween size="l">
      <AttemptForm
        poolId={poolId}
        tested={tested}
        pending={signIn.pending}
        typed={typed}
        onType={type}
        onBegin={(attempt, fault) => void signIn.begin(attempt, fault)}
      />
      {(outcome !== undefined || signIn.refused !== undefined) && (
        <OutcomeView signIn={signIn} poolId={poolId} target={target} ownAddress={ownAddress(poolId)} onRefresh={takeUp} />
      )}
      {steps.length > 0 && <Header variant="h2">Requests</Header>}
      {steps.map((step) => (
        <StepView key={step.number} step={step} target={target} />
      ))}
      {outcome?.kind === 'tokens' && outcome.tokens.map(({ what, token }) => <TokenView key={what} text={token} what={what} />)}
    </SpaceBetween>
  )
}

/** Runs a sign-in step by step, and shows what is sent, what comes back and what it means. */
export const SignInTesterPage = ({ params: { poolId = '' } }: PageProps) => {
  const [handed, setHanded] = useState(() => handedIn(new URL(location.href)))
  useEffect(() => {
    if (handed === undefined) return
    // Codes and tokens are for the tab that asked for them, not for the history.
    void navigate(location.pathname, { replace: true, force: true })
    history.replaceState(history.state, '', location.pathname)
  }, [handed])
  return (
    <Page title="Sign-in tester" description="Signs in as an app would, and shows every request, answer and token." help={help}>
      {handed === undefined ? <Tester poolId={poolId} /> : <ReturnedView handed={handed} onLeave={() => setHanded(undefined)} />}
    </Page>
  )
}
