import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { Page } from '../components/page.tsx'
import type { PageProps } from '../router/page-props.ts'
import { useSession } from '../shell/session-gate.tsx'
import { AttemptForm } from './sign-in-tester/attempt-form.tsx'
import { ChallengeForm } from './sign-in-tester/challenge-form.tsx'
import { targetOf } from './sign-in-tester/send-request.ts'
import { StepView } from './sign-in-tester/step-view.tsx'
import { useSignIn } from './sign-in-tester/use-sign-in.ts'
import { TokenView } from './tokens/token-view.tsx'

const help = {
  title: 'Sign-in tester',
  body: 'The page signs in as an app would, and shows every request and answer. It really signs in: failed attempts count, messages are sent, and what you run stands in the user’s history. Passwords are not kept. Passkeys and remembered devices cannot be tried here.',
}

/** Runs a sign-in step by step, and shows what is sent, what comes back and what it means. */
export const SignInTesterPage = ({ params: { poolId = '' } }: PageProps) => {
  const { steps, outcome, refused, secretCode, pending, begin, respond } = useSignIn()
  const target = targetOf(useSession(), poolId)
  return (
    <Page title="Sign-in tester" description="Signs in as an app would, and shows every request, answer and token." help={help}>
      <AttemptForm poolId={poolId} pending={pending} onBegin={(attempt, fault) => void begin(attempt, fault)} />
      {refused !== undefined && (
        <Alert type="error" header={refused.code}>
          <SpaceBetween size="xs">
            <span>{refused.message}</span>
            <Box color="inherit">
              <b>Refused by: {refused.reason.check}.</b> {refused.reason.why}
            </Box>
          </SpaceBetween>
        </Alert>
      )}
      {outcome?.kind === 'asked' && (
        <ChallengeForm
          key={`${outcome.asked.name} ${outcome.asked.session}`}
          asked={outcome.asked}
          poolId={poolId}
          secretCode={secretCode}
          pending={pending}
          onAnswer={(filled) => void respond(outcome.asked, filled)}
        />
      )}
      {outcome?.kind === 'tokens' && (
        <Alert type="success" header="Signed in">
          {`${steps.length} ${steps.length === 1 ? 'request' : 'requests'}; the tokens are below.`}
        </Alert>
      )}
      {steps.length > 0 && <Header variant="h2">Requests</Header>}
      {steps.map((step) => (
        <StepView key={step.number} step={step} target={target} />
      ))}
      {outcome?.kind === 'tokens' && outcome.tokens.map(({ what, token }) => <TokenView key={what} text={token} what={what} />)}
    </Page>
  )
}
