import Box from '@cloudscape-design/components/box'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Tabs from '@cloudscape-design/components/tabs'
import { CopyButton } from '../../components/copy-button.tsx'
import { codeOf, curlOf, shownJson, type Target, type TestAnswer, type TestRequest } from './request.ts'

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
    <Box variant="pre">{text}</Box>
  </SpaceBetween>
)

const wireOf = (request: TestRequest): string =>
  request.kind === 'form' ? new URLSearchParams(request.form).toString().replaceAll('&', '\n&') : JSON.stringify(request.input, null, 2)

const statusOf = ({ status, milliseconds }: TestAnswer): string => (status === 0 ? 'No answer' : `${status} in ${milliseconds} ms`)

/** One step: the request as AWS JSON, as curl and as a program, and the answer. */
export const StepView = ({ step, target }: { readonly step: TestStep; readonly target: Target }) => {
  const { number, title, request, answer } = step
  const name = request.kind === 'form' ? request.path : request.operation
  return (
    <ExpandableSection
      variant="container"
      headerText={`${number}. ${title}: ${name}`}
      headerActions={
        <StatusIndicator type={answer.status >= 200 && answer.status < 300 ? 'success' : 'error'}>{statusOf(answer)}</StatusIndicator>
      }
      defaultExpanded={false}
    >
      <Tabs
        ariaLabel={`Step ${number}`}
        tabs={[
          { id: 'request', label: 'Request', content: <Text text={wireOf(request)} what="request" /> },
          { id: 'answer', label: 'Answer', content: <Text text={shownJson(answer.text)} what="answer" /> },
          { id: 'curl', label: 'curl', content: <Text text={curlOf(request, target)} what="curl command" /> },
          { id: 'code', label: 'JavaScript', content: <Text text={codeOf(request, target)} what="program" /> },
        ]}
      />
    </ExpandableSection>
  )
}
