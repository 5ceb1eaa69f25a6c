import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'

/** An id or another text with a button that copies it; a dash for none. */
export const Copyable = ({ text, what = 'ID' }: { readonly text: string | undefined; readonly what?: string }) =>
  text === undefined || text === '' ? (
    <>-</>
  ) : (
    <CopyToClipboard
      variant="inline"
      textToCopy={text}
      textToDisplay={text}
      copyButtonAriaLabel={`Copy ${what}`}
      copySuccessText={`${what} copied`}
      copyErrorText={`${what} could not be copied`}
    />
  )
