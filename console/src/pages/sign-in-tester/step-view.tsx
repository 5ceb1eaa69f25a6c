import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Tabs from '@cloudscape-design/components/tabs'
import { CopyButton } from '../../components/copy-button.tsx'
import { isGood } from './outcome.ts'
import { codeOf, curlOf, nameOf, shownJson, type Target, type TestAnswer, type TestRequest, wireOf } from './request.ts'

/** A request of a sign-in, and what came back. */
export interface TestStep {
  /** From 1. */
  readonly number: number
  readonly title: string
  readonly request: TestRequest
  readonly answer: TestAnswer
}

const Text = ({ text, what }: { readonly text: string; readonly what: string }) => (
  <SpaceBetween size="xs">
    <CopyButton text={text} what={what} />
    <pre className="code">{text}</pre>
  </SpaceBetween>
)

const statusOf = ({ status, milliseconds }: TestAnswer): string =>
  status === 0 ? 'No answer' : milliseconds === undefined ? String(status) : `${status} in ${milliseconds} ms`

/** A request as it is on the wire, as curl and as a program. */
export const requestTabs = (request: TestRequest, target: Target) => [
  { id: 'request', label: 'Request', content: <Text text={wireOf(request)} what="request" /> },
  { id: 'curl', label: 'curl', content: <Text text={curlOf(request, target)} what="curl command" /> },
  { id: 'code', label: 'JavaScript', content: <Text text={codeOf(request, target)} what="program" /> },
]

/** One step: the request as AWS JSON or form, as curl and as a program, and the answer. */
export const StepView = ({ step, target }: { readonly step: TestStep; readonly target: Target }) => {
  const { number, title, request, answer } = step
  const [wire, ...others] = requestTabs(request, target)
  const answered = { id: 'answer', label: 'Answer', content: <Text text={shownJson(answer.text)} what="answer" /> }
  return (
    <ExpandableSection
      variant="container"
      headerText={`${number}. ${title}: ${nameOf(request)}`}
      headerActions={<StatusIndicator type={isGood(answer) ? 'success' : 'error'}>{statusOf(answer)}</StatusIndicator>}
      defaultExpanded={false}
    >
      <Tabs ariaLabel={`Step ${number}`} tabs={[...(wire === undefined ? [] : [wire]), answered, ...others]} />
    </ExpandableSection>
  )
}
