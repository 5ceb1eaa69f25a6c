import Alert from '@cloudscape-design/components/alert'
import Badge from '@cloudscape-design/components/badge'
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import TextFilter from '@cloudscape-design/components/text-filter'
import Toggle from '@cloudscape-design/components/toggle'
import { useMemo, useState } from 'react'
import { htmlToText } from '../../../src/domain/html-to-text.ts'
import { fetchMessages, type KeptMessage } from '../api/live.ts'
import { CodeBlock } from '../components/code-block.tsx'
import { ConsoleLink } from '../components/console-link.tsx'
import { Copyable } from '../components/copyable.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { usePoll } from '../hooks/use-poll.ts'
import { useLocation } from '../router/location.ts'
import { hrefOf } from '../router/path.ts'
import { setQuery } from '../router/set-query.ts'

const help = {
  title: 'Mailbox',
  body: 'A development server sends no e-mail and no SMS: it keeps the newest 1,000 in memory, and this page shows the newest 200 of them as they come.',
}

const atOnce = 50

const textOf = ({ medium, text, body }: KeptMessage): string => text ?? (medium === 'EMAIL' ? htmlToText(body) : body)

const Message = ({ message }: { readonly message: KeptMessage }) => {
  const { medium, destination, subject, body, code, kind, userPoolId: poolId, sentAt } = message
  const text = useMemo(() => textOf(message), [message])
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={
            <SpaceBetween direction="horizontal" size="xs">
              <Moment at={sentAt} />
              <span className="wrapped">to {destination}</span>
              {kind !== undefined && <span>{kind}</span>}
              {poolId !== undefined && <ConsoleLink href={hrefOf('user-pools/:poolId', { poolId })}>{poolId}</ConsoleLink>}
            </SpaceBetween>
          }
          actions={code !== undefined && <Copyable text={code} what="code" />}
        >
          <span className="wrapped">{subject === '' ? 'SMS' : subject}</span>{' '}
          <Badge color={medium === 'SMS' ? 'green' : 'blue'}>{medium === 'SMS' ? 'SMS' : 'e-mail'}</Badge>
        </Header>
      }
    >
      <CodeBlock text={text} />
      {medium === 'EMAIL' && body !== text && (
        <ExpandableSection headerText="Source">
          <CodeBlock text={body} />
        </ExpandableSection>
      )}
    </Container>
  )
}

/** The messages that the server keeps, as they come. */
export const MailboxPage = () => {
  const [isPaused, setPaused] = useState(false)
  const { value, error } = usePoll(fetchMessages, 2000, isPaused)
  const find = useLocation().searchParams.get('find') ?? ''
  const all = value?.messages ?? []
  const found = all.filter((one) => `${one.destination} ${one.subject} ${one.code ?? ''}`.toLowerCase().includes(find.toLowerCase()))
  return (
    <Page
      title="Mailbox"
      description="E-mail and SMS that the server kept instead of sending them, newest first."
      help={help}
      actions={
        <Toggle checked={!isPaused} onChange={({ detail }) => setPaused(!detail.checked)}>
          Live
        </Toggle>
      }
    >
      {error !== undefined && (
        <Alert
          type={error.code === 'HTTP 404' ? 'info' : 'error'}
          header={error.code === 'HTTP 404' ? 'There is no mailbox here' : error.code}
        >
          {error.message}
        </Alert>
      )}
      {all.length > 0 && (
        <TextFilter
          filteringText={find}
          filteringPlaceholder="Find by address, subject or code"
          filteringAriaLabel="Find messages"
          countText={`${found.length} ${found.length === 1 ? 'message' : 'messages'}`}
          onChange={({ detail }) => setQuery({ find: detail.filteringText })}
        />
      )}
      {value === undefined && error === undefined && <Spinner size="large" />}
      {value !== undefined && all.length === 0 && (
        <Container>
          <Box textAlign="center" padding="l">
            <b>No messages yet</b>
            <Box variant="p">Sign a user up, or reset a password: what the server would send appears here by itself.</Box>
          </Box>
        </Container>
      )}
      {found.slice(0, atOnce).map((message) => (
        <Message key={`${message.sentAt} ${message.destination} ${message.subject} ${message.code}`} message={message} />
      ))}
      {found.length > atOnce && <Box>{`The newest ${atOnce} of ${found.length} are shown. Find older ones by their address.`}</Box>}
    </Page>
  )
}
