import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { SetUpLink } from '../../api/operators.ts'
import { Moment } from '../../components/moment.tsx'

/** A set-up link that is told once, with what to do with it. */
export const SetUpLinkView = ({ name, made: { link, expiresAt } }: { readonly name: string; readonly made: SetUpLink }) => (
  <SpaceBetween size="m">
    <Box>
      Give this link to <b>{name}</b>, on a way that nobody else reads: whoever opens it first chooses the password and the authenticator.
    </Box>
    <div className="set-up-link">
      <code>{link}</code>
      <CopyToClipboard
        variant="button"
        textToCopy={link}
        copyButtonText="Copy link"
        copyButtonAriaLabel="Copy link for setting up"
        copySuccessText="Link copied"
        copyErrorText="The link could not be copied"
      />
    </div>
    <Alert type="info">
      It is shown only now, and is good once, until <Moment at={expiresAt} />.
    </Alert>
  </SpaceBetween>
)
