// The bot on its first day: nothing is connected, so it cannot know who may ask.
import { expect, it } from 'vitest'
import { ask, textOf, useChat } from './chat.fixture.ts'

useChat({ world: 'tiny', connected: false })

it.each(['personal', 'channel'] as const)('before the first connection it says what an administrator has to do (%s)', async (where) => {
  expect(textOf(await ask('Admin', 'last email from Contoso', where))).toContain('An administrator opens the Outpost tab and connects your own tenant under Admin → Integrations')
  expect(textOf(await ask('Member', 'help', where))).toContain('Ask me like this')
})
