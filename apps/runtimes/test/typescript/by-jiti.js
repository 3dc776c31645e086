import { createJiti } from 'jiti'

export const { areaOf, twice } = await createJiti(import.meta.url).import('./tasks.ts')
