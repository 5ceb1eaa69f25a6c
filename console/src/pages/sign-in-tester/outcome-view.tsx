import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { decodeToken } from '../tokens/decode-token.ts'
import { AwayView } from './away-view.tsx'
import { ChallengeForm } from './challenge-form.tsx'
import type { Outcome } from './outcome.ts'
import type { Reason } from './refusal-reason.ts'
import type { Target } from './request.ts'
import type { useSignIn } from './use-sign-in.ts'

/** A refusal in the server's words, and what an administrator may know of its reason. */
export const RefusedView = ({ code, message, reason }: { readonly code: string; readonly message: string; readonly reason: Reason }) => (
  <Alert type="error" header={code}>
    <SpaceBetween size="xs">
      <span>{message}</span>
      <Box color="inherit">
        <b>Refused by: {reason.check}.</b> {reason.why}
      </Box>
    </SpaceBetween>
  </Alert>
)

/** A refresh token, and the name of its user where the tokens beside it tell. */
export interface Refreshable {
  readonly refreshToken: string
  readonly username: string | undefined
}

const refreshableIn = (tokens: Extract<Outcome, { kind: 'tokens' }>['tokens']): Refreshable | undefined => {
  const tokenOf = (wanted: string) => tokens.find(({ what }) => what === wanted)?.token
  const refreshToken = tokenOf('Refresh token')
  if (refreshToken === undefined) return undefined
  const access = decodeToken(tokenOf('Access token') ?? '')
  const username = access.kind === 'signed' ? access.claims['username'] : undefined
  return { refreshToken, username: typeof username === 'string' ? username : undefined }
}

const SignedInView = ({
  tokens,
  requests,
  onRefresh,
}: {
  readonly tokens: Extract<Outcome, { kind: 'tokens' }>['tokens']
  readonly requests: number
  readonly onRefresh: (refreshable: Refreshable) => void
}) => {
  const refreshable = refreshableIn(tokens)
  return (
    <Alert
      type="success"
      header="Signed in"
      action={refreshable && <Button onClick={() => onRefresh(refreshable)}>Use this refresh token</Button>}
    >
      {`${requests} ${requests === 1 ? 'request' : 'requests'}; the tokens are below.`}
    </Alert>
  )
}

/** What a sign-in has come to: a question, login pages to open, tokens, or a refusal above the question that is still open. */
export const OutcomeView = ({
  signIn,
  poolId,
  target,
  ownAddress,
  onRefresh,
}: {
  readonly signIn: ReturnType<typeof useSignIn>
  readonly poolId: string
  readonly target: Target
  /** Of this page, as a callback URL. */
  readonly ownAddress: string
  readonly onRefresh: (refreshable: Refreshable) => void
}) => {
  const { steps, outcome, refused, attempt, secretCode, pending, respond, receive } = signIn
  return (
    <SpaceBetween size="l">
      {refused !== undefined && <RefusedView {...refused} />}
      {outcome?.kind === 'asked' && (
        <ChallengeForm
          key={`${outcome.asked.name} ${outcome.asked.session} ${outcome.asked.setsUp}`}
          asked={outcome.asked}
          poolId={poolId}
          hasPassword={attempt?.password !== ''}
          secretCode={secretCode}
          pending={pending}
          onAnswer={(filled) => void respond(outcome.asked, filled)}
        />
      )}
      {outcome?.kind === 'away' && refused === undefined && (
        <AwayView
          key={outcome.state}
          away={outcome}
          isOwn={outcome.callback === ownAddress}
          target={target}
          pending={pending}
          onAnswer={(handed) => void receive(handed)}
        />
      )}
      {outcome?.kind === 'tokens' && <SignedInView tokens={outcome.tokens} requests={steps.length} onRefresh={onRefresh} />}
    </SpaceBetween>
  )
}
