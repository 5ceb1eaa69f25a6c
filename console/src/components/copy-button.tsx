import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'

/** A button that copies a text that is shown elsewhere or too long to show. */
export const CopyButton = ({ text, what }: { readonly text: string; readonly what: string }) => (
  <CopyToClipboard
    variant="button"
    textToCopy={text}
    copyButtonText="Copy"
    copyButtonAriaLabel={`Copy ${what}`}
    copySuccessText={`${what} copied`}
    copyErrorText={`${what} could not be copied`}
  />
)
