// What a worker starts once for all its test files, and ends when it has run the last.
import { test } from 'vitest'

const ends: (() => Promise<void>)[] = []

/** @param end is waited for when the worker ends; what was begun last ends first */
export const atEndOfWorker = (end: () => Promise<void>) => void ends.push(end)

const inWorker = test.extend('worker', { scope: 'worker' }, ({}, { onCleanup }) => {
  onCleanup(async () => {
    for (const end of ends.splice(0).reverse()) await end()
  })
  return ends
})

/** To be called by every file of a project whose files share what is started: the setup of the project does it. */
export const shareWorker = () => inWorker.beforeAll(({ worker }) => void worker)
