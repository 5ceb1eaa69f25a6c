import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import Container from '@cloudscape-design/components/container'
import FileInput from '@cloudscape-design/components/file-input'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { assetSlot, type StyleSettings } from '../../../../src/domain/login-branding.ts'
import type { AssetType, ManagedLoginBrandingType } from '../../../../src/model/types.gen.ts'
import { type ApiError, asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { imageAddress, readImage } from '../../api/image-file.ts'
import { replaceStyle } from '../../api/replace-style.ts'
import { styleNow } from '../../api/style-now.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { switchedOnBy } from '../../settings/style-values.ts'
import { useFlashes } from '../../shell/flashes.tsx'

const categories: readonly (readonly [AssetType['Category'], string])[] = [
  ['FORM_LOGO', 'Form logo'],
  ['PAGE_BACKGROUND', 'Page background'],
  ['FORM_BACKGROUND', 'Form background'],
  ['FAVICON_ICO', 'Favicon (ICO)'],
  ['FAVICON_SVG', 'Favicon (SVG)'],
  ['PAGE_HEADER_LOGO', 'Page header logo'],
  ['PAGE_HEADER_BACKGROUND', 'Page header background'],
  ['PAGE_FOOTER_LOGO', 'Page footer logo'],
  ['PAGE_FOOTER_BACKGROUND', 'Page footer background'],
  ['EMAIL_GRAPHIC', 'Email graphic'],
  ['SMS_GRAPHIC', 'SMS graphic'],
  ['AUTH_APP_GRAPHIC', 'Authenticator app graphic'],
  ['PASSWORD_GRAPHIC', 'Password graphic'],
  ['PASSKEY_GRAPHIC', 'Passkey graphic'],
]

const modes = [
  { value: 'LIGHT', label: 'Light mode' },
  { value: 'DARK', label: 'Dark mode' },
  { value: 'DYNAMIC', label: 'Both modes' },
]

const nameOf = ({ Category, ColorMode }: AssetType): string =>
  `${categories.find(([category]) => category === Category)?.[1] ?? Category}, ${ColorMode.toLowerCase()}`

const Upload = ({
  style,
  onDone,
}: {
  readonly style: ManagedLoginBrandingType
  readonly onDone: (what: string, switchedOn: StyleSettings) => void
}) => {
  const [category, setCategory] = useState<AssetType['Category']>('FORM_LOGO')
  const [mode, setMode] = useState('LIGHT')
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<ApiError>()
  const send = async (file: File | undefined) => {
    if (file === undefined) return
    setPending(true)
    setError(undefined)
    try {
      const image = await readImage(file)
      if (image === undefined) throw new Error(`${file.name} is no image that pages can show.`)
      const asset = { Category: category, ColorMode: mode, Extension: image.type, Bytes: image.bytes } as AssetType
      const { UserPoolId, ManagedLoginBrandingId } = style
      await call('UpdateManagedLoginBranding', { UserPoolId, ManagedLoginBrandingId, Settings: switchedOnBy(category), Assets: [asset] })
      onDone(nameOf(asset), switchedOnBy(category))
    } catch (thrown) {
      setError(asApiError(thrown))
    } finally {
      setPending(false)
    }
  }
  const options = categories.map(([value, label]) => ({ value, label }))
  return (
    <SpaceBetween size="s">
      {error && (
        <Alert type="error" header={error.code}>
          {error.message}
        </Alert>
      )}
      <ColumnLayout columns={3}>
        <FormField label="Image">
          <Select
            selectedOption={options.find(({ value }) => value === category) ?? null}
            onChange={({ detail }) => setCategory(detail.selectedOption.value as AssetType['Category'])}
            options={options}
          />
        </FormField>
        <FormField label="Shown in">
          <Select
            selectedOption={modes.find(({ value }) => value === mode) ?? null}
            onChange={({ detail }) => setMode(detail.selectedOption.value ?? 'LIGHT')}
            options={modes}
          />
        </FormField>
        <FormField label="File" constraintText={category.startsWith('FAVICON') ? 'ICO or SVG' : 'PNG, JPEG or SVG'}>
          <FileInput
            value={[]}
            accept="image/png,image/jpeg,image/svg+xml,image/x-icon,.ico"
            onChange={({ detail }) => void send(detail.value[0])}
          >
            {pending ? 'Uploading' : 'Upload image'}
          </FileInput>
        </FormField>
      </ColumnLayout>
    </SpaceBetween>
  )
}

/** The images of a style: each is saved as soon as it is chosen. */
export const StyleImages = ({
  style,
  onChanged,
}: {
  readonly style: ManagedLoginBrandingType /** Hears what an upload switched on in the settings. */
  readonly onChanged: (switchedOn?: StyleSettings) => void
}) => {
  const flashes = useFlashes()
  const [doomed, setDoomed] = useState<AssetType>()
  const assets = style.Assets ?? []
  const remove = async () => {
    const now = await styleNow(style)
    await replaceStyle(now, {
      settings: now.Settings as StyleSettings | undefined,
      assets: now.Assets?.filter((one) => doomed === undefined || assetSlot(one) !== assetSlot(doomed)),
    })
  }
  return (
    <Container
      header={
        <Header variant="h2" counter={`(${assets.length})`} description="An image is saved as soon as it is chosen.">
          Images
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Upload
          style={style}
          onDone={(what, switchedOn) => {
            flashes.say(`The image was uploaded: ${what}.`)
            onChanged(switchedOn)
          }}
        />
        {assets.length > 0 && (
          <ColumnLayout columns={3}>
            {assets.map((asset) => (
              <SpaceBetween key={assetSlot(asset)} size="xxs">
                <img className="style-image" src={imageAddress(asset.Bytes)} alt={nameOf(asset)} />
                <Box>{nameOf(asset)}</Box>
                <Button variant="inline-link" ariaLabel={`Remove ${nameOf(asset)}`} onClick={() => setDoomed(asset)}>
                  Remove
                </Button>
              </SpaceBetween>
            ))}
          </ColumnLayout>
        )}
      </SpaceBetween>
      {doomed && (
        <ConfirmDialog
          title="Remove the image?"
          verb="Remove"
          onConfirm={remove}
          onClose={(done) => {
            setDoomed(undefined)
            if (done) onChanged()
          }}
        >
          Pages no longer show it: {nameOf(doomed)}.
        </ConfirmDialog>
      )}
    </Container>
  )
}
