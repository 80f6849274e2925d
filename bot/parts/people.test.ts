import { expect, it } from 'vitest'
import { partyText, senderText } from './people.ts'
import { personText } from './understood.ts'

const address = 'kim@xn--mller-kva.example'
const written = 'kim@müller.example (kim@xn--mller-kva.example)'

it('writes domains as people do, with the raw form beside them', () => {
  expect(partyText({ name: 'Kim Kettle', address })).toBe(`Kim Kettle <${written}>`)
  expect(partyText({ name: null, address })).toBe(written)
  expect(senderText({ side: 'outside', domain: 'xn--mller-kva.example' })).toBe('somebody at müller.example (xn--mller-kva.example)')
  expect(personText('in', address)).toBe(`only ${written}`)
})
