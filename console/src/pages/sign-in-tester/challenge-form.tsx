import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { fetchMessages } from '../../api/live.ts'
import { Copyable } from '../../components/copyable.tsx'
import { usePoll } from '../../hooks/use-poll.ts'
import { type Asked, type Field, fieldsOf, setsUpAuthenticator, setUpChoice, whyNot } from './challenge.ts'
import { oneTimeCode } from './one-time-code.ts'

/** Codes of the mailbox that could be the one, as buttons. */
const MailedCodes = ({ poolId, onChoose }: { readonly poolId: string; readonly onChoose: (code: string) => void }) => {
  const { value } = usePoll(fetchMessages, 2000)
  const codes = (value?.messages ?? []).filter(({ code, userPoolId = poolId }) => code !== undefined && userPoolId === poolId).slice(0, 3)
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {codes.map(({ code = '', destination, sentAt }) => (
        <Button key={`${code} ${sentAt}`} formAction="none" onClick={() => onChoose(code)}>
          {`Use ${code}, sent to ${destination}`}
        </Button>
      ))}
    </SpaceBetween>
  )
}

/** The code of an authenticator whose secret somebody knows. */
const SecretCode = ({ initial, onChoose }: { readonly initial: string; readonly onChoose: (code: string) => void }) => {
  const [secret, setSecret] = useState(initial)
  const [fault, setFault] = useState('')
  const fill = async () => {
    const code = await oneTimeCode(secret, Date.now())
    setFault(code === undefined ? 'That is no secret in base32.' : '')
    if (code !== undefined) onChoose(code)
  }
  return (
    <FormField
      label="Authenticator’s secret"
      description="Optional: the page computes the code from it."
      errorText={fault}
      secondaryControl={
        <Button formAction="none" onClick={() => void fill()}>
          Fill in the code
        </Button>
      }
    >
      <Input value={secret} autoComplete={false} spellcheck={false} onChange={({ detail }) => setSecret(detail.value)} />
    </FormField>
  )
}

const FieldInput = ({
  field,
  value,
  onChange,
}: {
  readonly field: Field
  readonly value: string
  readonly onChange: (value: string) => void
}) =>
  field.options === undefined ? (
    <Input
      value={value}
      type={field.type === 'password' ? 'password' : 'text'}
      inputMode={field.type === 'code' ? 'numeric' : 'text'}
      autoComplete={field.type === 'code' ? 'one-time-code' : 'off'}
      onChange={({ detail }) => onChange(detail.value)}
    />
  ) : (
    <Select
      selectedOption={value === '' ? null : { value }}
      placeholder="Choose"
      options={field.options.map((option) => ({ value: option }))}
      onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
    />
  )

/** As long as a parameter that a person reads may be. */
const longest = 300

/** Asks for what a challenge wants, and offers the codes that the server knows. */
export const ChallengeForm = ({
  asked,
  poolId,
  hasPassword,
  secretCode,
  pending,
  onAnswer,
}: {
  readonly asked: Asked
  readonly poolId: string
  /** Whether a password was typed before. */
  readonly hasPassword: boolean
  readonly secretCode: string
  readonly pending: boolean
  readonly onAnswer: (filled: Readonly<Record<string, string>>) => void
}) => {
  const [filled, setFilled] = useState<Readonly<Record<string, string>>>({})
  const fields = fieldsOf(asked, filled, hasPassword)
  // The long ones are numbers for programs; they stand in the answer of the step.
  const parameters = Object.entries(asked.parameters).filter(([, value]) => value.length <= longest)
  const unanswerable = whyNot(asked)
  const isMissing = fields === undefined || fields.some(({ name }) => !filled[name])
  const code = fields?.find(({ type }) => type === 'code')
  const fill = (name: string) => (value: string) => setFilled((before) => ({ ...before, [name]: value }))
  const isFromApp = asked.name === 'SOFTWARE_TOKEN_MFA' || setsUpAuthenticator(asked)
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isMissing && !pending) onAnswer(filled)
      }}
    >
      <Container
        header={<Header variant="h2">{`The server asks: ${asked.name}`}</Header>}
        footer={
          fields !== undefined && (
            <Button variant="primary" loading={pending} disabled={isMissing}>
              Answer
            </Button>
          )
        }
      >
        <SpaceBetween size="m">
          {parameters.length > 0 && (
            <KeyValuePairs columns={2} items={parameters.map(([label, value]) => ({ label, value: <Box variant="code">{value}</Box> }))} />
          )}
          {setsUpAuthenticator(asked) && secretCode !== '' && (
            <FormField label="Secret for the authenticator app">
              <Copyable text={secretCode} what="secret" />
            </FormField>
          )}
          {unanswerable !== undefined && <Alert type="info">{unanswerable}</Alert>}
          {fields?.map((field) => (
            <FormField key={field.name} label={field.label} constraintText={field.name === setUpChoice ? undefined : field.name}>
              <FieldInput field={field} value={filled[field.name] ?? ''} onChange={fill(field.name)} />
            </FormField>
          ))}
          {code !== undefined && isFromApp && <SecretCode initial={secretCode} onChoose={fill(code.name)} />}
          {code !== undefined && !isFromApp && <MailedCodes poolId={poolId} onChoose={fill(code.name)} />}
        </SpaceBetween>
      </Container>
    </form>
  )
}
