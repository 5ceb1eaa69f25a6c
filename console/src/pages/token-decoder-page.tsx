import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Textarea from '@cloudscape-design/components/textarea'
import { useState } from 'react'
import { Page } from '../components/page.tsx'
import { TokenView } from './tokens/token-view.tsx'
import { tokensIn } from './tokens/tokens-in.ts'

const help = {
  title: 'Token decoder',
  body: 'The token is taken apart in this page, which sends it nowhere and forgets it when you leave. Where its issuer is a user pool of this server, the pool’s public keys are fetched and the signature is checked with them.',
}

/** Takes a pasted token apart. */
export const TokenDecoderPage = () => {
  const [text, setText] = useState('')
  return (
    <Page title="Token decoder" description="What a token says, and whether its signature holds." help={help}>
      <Container>
        <FormField
          label="Token"
          description="An ID token, an access token, any other JSON Web Token, or a whole answer with tokens in it. It stays in this page."
          stretch
        >
          <Textarea value={text} rows={6} spellcheck={false} autoComplete={false} onChange={({ detail }) => setText(detail.value)} />
        </FormField>
      </Container>
      {text.trim() !== '' &&
        tokensIn(text).map(({ text: token, name }) => <TokenView key={token} text={token} {...(name !== undefined && { what: name })} />)}
    </Page>
  )
}
