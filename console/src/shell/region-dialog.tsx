import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Modal from '@cloudscape-design/components/modal'
import { useState } from 'react'

/** Asks for the name of a region that the switcher doesn't know. */
export const RegionDialog = ({ onDismiss, onChoose }: { readonly onDismiss: () => void; readonly onChoose: (region: string) => void }) => {
  const [region, setRegion] = useState('')
  const isRight = /^[a-z0-9-]{1,32}$/.test(region)
  return (
    <Modal
      visible
      header="Show another region"
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <Button variant="primary" disabled={!isRight} onClick={() => onChoose(region)}>
            Show region
          </Button>
        </Box>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isRight) onChoose(region)
        }}
      >
        <FormField label="Region" description="The one in which your application makes its calls." constraintText="For example eu-west-1.">
          <Input value={region} onChange={({ detail }) => setRegion(detail.value.trim())} autoFocus />
        </FormField>
      </form>
    </Modal>
  )
}
