// What the bot keeps: the cards that people were shown, activities that were taken on, and the last question of a person.
import type { Described } from '../api/database/collection.ts'
import { Activities } from './activities/rows.ts'
import { Cards } from './alerts/rows.ts'
import { Talks } from './talks/rows.ts'

export const botCollections: readonly Described[] = [Cards, Activities, Talks]
