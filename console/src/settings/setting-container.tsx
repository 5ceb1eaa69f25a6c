import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import { follow } from '../router/location.ts'
import type { Setting } from './setting.ts'

/** What is shown of a group of settings, by what there is now. */
export interface SettingContainerProps<N> {
  readonly setting: Pick<Setting, 'title' | 'description'> & { readonly items: (now: N) => ReturnType<Setting['items']> }
  readonly now: N
  /** Its form. */
  readonly href: string
}

/** What a group of settings is set to, with a button that leads to its form. */
export const SettingContainer = <N,>({ setting, now, href }: SettingContainerProps<N>) => (
  <Container
    header={
      <Header
        variant="h2"
        description={setting.description}
        actions={
          <Button href={href} onFollow={follow} ariaLabel={`Edit ${setting.title}`}>
            Edit
          </Button>
        }
      >
        {setting.title}
      </Header>
    }
  >
    <KeyValuePairs columns={3} items={[...setting.items(now)]} />
  </Container>
)
