import { describe, expect, it } from 'vitest'
import { openLinks } from './links.ts'

const links = openLinks('app-1', 'https://outpost.example/', 'bot-1')

describe('deep links', () => {
  it('name the place in the tab', () => {
    const url = new URL(links.toTab({ view: 'customer', customerId: 'a b&c', section: 'posture' }, 'Contoso & Co'))
    expect(url.origin + url.pathname).toBe('https://teams.microsoft.com/l/entity/app-1/hub')
    expect(JSON.parse(url.searchParams.get('context') ?? '')).toEqual({ subEntityId: 'customer/a b&c/posture' })
    expect(url.searchParams.get('label')).toBe('Contoso & Co')
    expect(url.searchParams.get('webUrl')).toMatch(/^https:\/\/outpost\.example\/tab\//)
  })
  it('open the chat with the bot', () => expect(links.toChat()).toBe('https://teams.microsoft.com/l/chat/0/0?users=28%3Abot-1'))
})
