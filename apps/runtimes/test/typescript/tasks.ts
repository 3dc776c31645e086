import { double } from './double.ts'
import type { Shape } from './shape.ts'

export async function areaOf({ width, height }: Shape): Promise<number> {
  return width * height
}

export function twice(value: number): number {
  return double(value)
}
