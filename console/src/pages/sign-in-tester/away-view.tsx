import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tabs from '@cloudscape-design/components/tabs'
import Textarea from '@cloudscape-design/components/textarea'
import { useEffect, useRef, useState } from 'react'
import { awaitAnswer } from './hand-over.ts'
import { type Handed, handedText } from './handed-back.ts'
import type { Away } from './outcome.ts'
import type { Target } from './request.ts'
import { requestTabs } from './step-view.tsx'

const Pasted = ({ pending, onAnswer }: { readonly pending: boolean; readonly onAnswer: (handed: Handed) => void }) => {
  const [text, setText] = useState('')
  const [fault, setFault] = useState('')
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const handed = handedText(text)
        setFault(handed === undefined ? 'That has no code, no token and no error in it.' : '')
        if (handed !== undefined && !pending) onAnswer(handed)
      }}
    >
      <FormField
        label="Address or code"
        description="The whole address at which the login pages ended, or the code in it."
        errorText={fault}
        secondaryControl={
          <Button loading={pending} disabled={text.trim() === ''}>
            Go on
          </Button>
        }
      >
        <Textarea value={text} rows={2} spellcheck={false} onChange={({ detail }) => setText(detail.value)} />
      </FormField>
    </form>
  )
}

/** Opens the login pages in another tab and waits for their answer: from there, or pasted. */
export const AwayView = ({
  away,
  isOwn,
  target,
  pending,
  onAnswer,
}: {
  readonly away: Away
  /** Whether the callback URL is this page. */
  readonly isOwn: boolean
  readonly target: Target
  readonly pending: boolean
  readonly onAnswer: (handed: Handed) => void
}) => {
  const answer = useRef(onAnswer)
  answer.current = onAnswer
  useEffect(() => awaitAnswer(away.state, (handed) => answer.current(handed)), [away.state])
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <Button variant="primary" href={away.request.url} target="_blank" iconName="external" iconAlign="right">
              Open the login page
            </Button>
          }
        >
          The user signs in on the login pages
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Box>
          {isOwn
            ? 'They open in a new tab. When the user is signed in, the answer comes back to this one by itself.'
            : `They open in a new tab and end at ${away.callback}. That is not this page, so copy the address from there.`}
        </Box>
        <Tabs ariaLabel="Authorization request" tabs={requestTabs(away.request, target)} />
        {!isOwn && <Pasted pending={pending} onAnswer={onAnswer} />}
      </SpaceBetween>
    </Container>
  )
}
